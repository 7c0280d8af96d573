//! The closed code lists of a figure, each with the spelling the dataset uses.

/// Declares an enum whose variants each have one fixed spelling.
macro_rules! code {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling used in the dataset.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value with this spelling.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

code! {
    /// How the stated number bounds the true one.
    Bound {
        /// Stated as is.
        Eq = "eq",
        /// More than: 超过, 突破, 逾, 余, 多.
        Gt = "gt",
        /// At least: 以上, 不少于, 不低于, 至少.
        Ge = "ge",
        /// Less than: 不到, 不足, 以下.
        Lt = "lt",
        /// At most: 不超过, 以内, 至多.
        Le = "le",
        /// About: 约, 近, 左右, 上下.
        Approx = "approx",
    }
}

code! {
    /// What sort of statement a figure makes.
    Kind {
        /// A stock, a flow or a total of the period.
        Level = "level",
        /// An absolute addition or loss.
        Change = "change",
        /// A relative change.
        Growth = "growth",
        /// A part of a named whole.
        Share = "share",
        /// Any other ratio.
        Rate = "rate",
        /// A place in an order.
        Rank = "rank",
        /// A length of time that is itself the statement.
        Duration = "duration",
    }
}

code! {
    /// Whether a figure is a fact, an aim or a rule.
    Status {
        /// Reported as done.
        Actual = "actual",
        /// Aimed at, planned, required of somebody.
        Target = "target",
        /// A parameter of a policy or standard.
        Rule = "rule",
    }
}

code! {
    /// Why a number is not a figure.
    Reason {
        /// A date, a year, a time of day: it becomes a period.
        Date = "date",
        /// A length of time that only dates other figures (近3年).
        Span = "span",
        /// 第五批, 第十一次, 一级.
        Ordinal = "ordinal",
        /// The number of a list item, section, table or footnote.
        ListNumber = "list-number",
        /// An edition, a version, a model.
        Edition = "edition",
        /// A number inside a name or a brand: 吉林一号, 5G.
        Name = "name",
        /// A number inside a slogan: 一主六双, "1+6".
        Slogan = "slogan",
        /// Part of an idiom or a fixed phrase: 进一步, 三位一体.
        Idiom = "idiom",
        /// Telephone, registration, post code, address, document number.
        Identifier = "identifier",
        /// Left by a scrape: widths, counters, ids, contact handles.
        Furniture = "furniture",
        /// A number without a unit that nothing gives one.
        Bare = "bare",
        /// A small count in Chinese numerals that says nothing: 一个, 一批, 两大.
        Vague = "vague",
        /// Digits that are not legible: 20xx.
        Masked = "masked",
        /// A size by comparison or a class: 万亿级, 相当于三个足球场.
        Classifying = "classifying",
    }
}

code! {
    /// The fields of a figure, as traces, queries and columns name them.
    Field {
        Value = "value",
        Unit = "unit",
        Bound = "bound",
        Kind = "kind",
        Indicator = "indicator",
        Subject = "subject",
        Period = "period",
        Status = "status",
        Of = "of",
        Parent = "parent",
        Owners = "owners",
    }
}
