//! A small checker for the part of JSON Schema 2020-12 that `data/dataset.schema.json` uses. A keyword
//! it does not know is an error, so that nothing in the schema goes unchecked.

use regex_lite::Regex;
use serde_json::Value;

/// Every way in which `value` breaks `schema`, each with its place.
pub(crate) fn errors(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(root, schema, value, "$", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    let rules = schema.as_object().unwrap_or_else(|| panic!("{schema} is no schema"));
    for (keyword, rule) in rules {
        let holds = match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" => true,
            "$ref" => {
                let pointer =
                    rule.as_str().expect("a sound schema").strip_prefix('#').expect("a sound schema");
                let target = root.pointer(pointer).unwrap_or_else(|| panic!("{rule} leads nowhere"));
                check(root, target, value, place, found);
                true
            }
            "anyOf" => {
                rule.as_array().expect("a sound schema").iter().any(|one| errors(root, one, value).is_empty())
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|one| is(value, one)),
                one => is(value, one),
            },
            "const" => value == rule,
            "enum" => rule.as_array().expect("a sound schema").contains(value),
            "minimum" => value.as_f64().is_none_or(|n| n >= rule.as_f64().expect("a sound schema")),
            "maximum" => value.as_f64().is_none_or(|n| n <= rule.as_f64().expect("a sound schema")),
            "minLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() as u64 >= rule.as_u64().expect("a sound schema")),
            "pattern" => value.as_str().is_none_or(|text| {
                Regex::new(rule.as_str().expect("a sound schema")).expect("a sound schema").is_match(text)
            }),
            "minItems" => value
                .as_array()
                .is_none_or(|list| list.len() as u64 >= rule.as_u64().expect("a sound schema")),
            "maxItems" => value
                .as_array()
                .is_none_or(|list| list.len() as u64 <= rule.as_u64().expect("a sound schema")),
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, item, &format!("{place}[{n}]"), found);
                }
                true
            }
            "required" => {
                let missing = |key: &&Value| {
                    value.as_object().is_some_and(|o| !o.contains_key(key.as_str().expect("a sound schema")))
                };
                rule.as_array().expect("a sound schema").iter().find(missing).is_none()
            }
            "properties" => {
                for (key, inner) in value.as_object().into_iter().flatten() {
                    if let Some(rule) = rule.get(key) {
                        check(root, rule, inner, &format!("{place}.{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(rule, &Value::Bool(false));
                let known = schema.get("properties");
                value
                    .as_object()
                    .is_none_or(|o| o.keys().all(|key| known.is_some_and(|known| known.get(key).is_some())))
            }
            other => panic!("the checker does not know the keyword {other}"),
        };
        if !holds {
            found.push(format!("{place}: {keyword}"));
        }
    }
}

fn is(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a sound schema") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    }
}
