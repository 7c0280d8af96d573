//! The whole way from bytes to a [`Prepared`] document: read, clean, judge, split.

use super::clean::{self, Page};
use super::read::{self, Decoded};
use super::split::{self, Placed};
use super::{CleanSpan, Prepared, ReadError, SourceMap, date, furniture, meta};

/// What is known of a document besides its text: the other columns of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub title: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub date: Option<String>,
}

/// Reads and cleans a document: `bytes` are the file's, `id` and `path` are kept as they are.
///
/// ```
/// let page = "<p>全縣投資<b>5</b>億元。</p>";
/// let document = zhibiao::text::prepare("a.html", "pages/a.html", page.as_bytes())?;
/// assert_eq!(document.text, "全县投资5亿元。");
/// # Ok::<(), zhibiao::text::ReadError>(())
/// ```
pub fn prepare(id: &str, path: &str, bytes: &[u8]) -> Result<Prepared, ReadError> {
    Ok(prepare_decoded(id, path, read::decode(bytes, None)?, Known::default()))
}

/// The same for characters that were decoded before; what is known goes before what the text says of itself.
pub fn prepare_decoded(id: &str, path: &str, decoded: Decoded, known: Known) -> Prepared {
    let Decoded { raw, encoding, sha256, .. } = decoded;
    let Page { cells, lines, mut drops, markup } = clean::lines(&raw);
    let mut verdicts = furniture::judge(&lines);
    let meta = meta::read(&lines, &markup, &mut verdicts);
    let head = furniture::Zones::of(&lines).head;

    let mut text = String::with_capacity(raw.len());
    let mut map = SourceMap::default();
    let mut placed = Vec::new();
    for (at, (line, verdict)) in lines.iter().zip(&verdicts).enumerate() {
        let own = cells.get(line.cells.clone()).unwrap_or_default();
        if let Some(reason) = verdict {
            let next = lines.get(at + 1);
            let until = match (next, verdicts.get(at + 1)) {
                // Up to the next line if that goes, too, so that neighbours become one.
                (Some(next), Some(Some(_))) => cells.get(next.cells.start).map(|cell| cell.start),
                (Some(next), _) => Some(next.before.0),
                (None, _) => own.last().map(|cell| cell.end),
            };
            if let (Some(first), Some(until)) = (own.first(), until) {
                drops.push(first.start, until, reason);
            }
            continue;
        }
        if !text.is_empty() {
            map.push(text.len(), line.before.0 as usize, line.before.1 as usize);
            text.push('\n');
        }
        let start = text.len();
        for cell in own {
            map.push(text.len(), cell.start as usize, cell.end as usize);
            text.push(cell.ch);
        }
        let is_title = meta.title_lines.contains(&at);
        placed.push(Placed { line, span: CleanSpan::new(start, text.len()), is_title, head: at < head });
    }
    let (blocks, sections) = split::blocks(&placed);
    let removed = drops.finish();
    Prepared {
        id: id.to_owned(),
        path: path.to_owned(),
        title: known.title.or(meta.title.map(meta::unlabelled)),
        source: known.source.or(meta.source),
        url: known.url.or(meta.url),
        date: known.date.as_deref().and_then(date::canonical).or(meta.date),
        encoding: encoding.to_owned(),
        sha256,
        raw,
        text,
        map,
        removed,
        blocks,
        sections,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BlockKind, Prepared, RawSpan};
    use super::*;

    fn of(text: &str) -> Prepared {
        prepare("id", "path", text.as_bytes()).unwrap()
    }

    fn dropped<'a>(document: &'a Prepared, reason: &str) -> Vec<&'a str> {
        let positions = document.positions();
        let spans =
            document.removed.iter().filter(|removed| removed.reason == reason).map(|removed| removed.raw);
        spans.map(|raw| positions.slice(raw).unwrap().trim()).collect()
    }

    /// The raw characters under the first occurrence of `clean` in the cleaned text.
    fn raw_under(document: &Prepared, clean: &str) -> String {
        let at = document.text.find(clean).unwrap();
        let raw = document.map.raw(&document.text, CleanSpan::new(at, at + clean.len())).unwrap();
        document.positions().slice(raw).unwrap().to_owned()
    }

    #[test]
    fn glosses_tags_and_entities_leave_a_quotable_place() {
        let document = of("<p>全縣(xiàn)產(chǎn)值<span>２５</span>．<b>3</b>億(yì)&nbsp;元，&#22686;長</p>");
        assert_eq!(document.text, "全县产值25.3亿 元，增长");
        assert_eq!(raw_under(&document, "25.3亿 元"), "２５</span>．<b>3</b>億(yì)&nbsp;元");
        assert_eq!(raw_under(&document, "增"), "&#22686;");
        assert_eq!(dropped(&document, "pinyin"), ["(xiàn)", "(chǎn)", "(yì)"]);
    }

    #[test]
    fn blocks_break_and_inline_tags_do_not() {
        let document = of(
            "<div>甲<br>乙</div><p>新建\n\t<strong>3</strong>\n\t座&lt;5米 <5%</p>丙<q-x id=\"k2\"></q-x>丁",
        );
        assert_eq!(document.text, "甲\n乙\n新建 3 座<5米 <5%\n丙丁");
        let script = of("<script>var a = \"<p>\";</script><style>p{}</style>正文<!-- 注 -->完");
        assert_eq!(script.text, "正文完");
        assert_eq!(dropped(&script, "script"), ["<script>var a = \"<p>\";</script><style>p{}</style>"]);
    }

    #[test]
    fn tables() {
        let document = of(
            "<table><tr><th>镇</th><th>户</th></tr>\n<tr><td><p>东镇</p></td>\n<td>3\n20</td></tr><tr><td></td><td>5</td></tr></table>",
        );
        let rows: Vec<_> =
            document.blocks.iter().map(|block| (block.kind, block.span.of(&document.text))).collect();
        assert_eq!(
            rows,
            [(BlockKind::Row, "镇\t户"), (BlockKind::Row, "东镇\t3 20"), (BlockKind::Row, "\t5")]
        );
        let layout = format!("<table><tr><td>{}</td><td>二</td></tr></table>", "<p>一段文字。</p>".repeat(8));
        assert!(of(&layout).blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
    }

    #[test]
    fn furniture_around_the_body() {
        let document = of(
            "当前位置：首页>要闻>正文\n下载 打印 【字号：大 中 小】\n河东县前三季度经济运行平稳\n来源：河东日报 作者：甲乙 发布时间：2023-10-26 09:30\n浏览次数: 218\n主栏宽960\n前三季度，全县实现生产总值58.6亿元。\n上一篇：某公告\n责任编辑：\n王某\n相关阅读\n关于印发若干措施的通知为进一步...\n- 春耕备耕正当时\n版权所有：某县人民政府 某ICP备05000001号\n地址：某路1号 邮编：100000 电话：000-1234567",
        );
        assert_eq!(document.text, "河东县前三季度经济运行平稳\n前三季度，全县实现生产总值58.6亿元。");
        assert_eq!(document.title.as_deref(), Some("河东县前三季度经济运行平稳"));
        assert_eq!(document.source.as_deref(), Some("河东日报"));
        assert_eq!(document.date.as_deref(), Some("2023-10-26"));
        assert_eq!(dropped(&document, "headline-list").len(), 1);
    }

    #[test]
    fn the_body_is_kept() {
        for body in [
            "发布会上，主办单位介绍，全年引进项目12个。\n责任编辑部共审稿300篇。",
            "首页广告收入5万元。\n扫码支付占比60%。",
            "一、总体要求\n（一）指导思想。坚持新发展理念。\n推荐阅读\n全市建成书屋200家。",
        ] {
            assert_eq!(of(body).text, body);
        }
    }

    #[test]
    fn titles() {
        for (text, title) in [
            (
                "政策文件\n西山区促进消费三年行动方案\n西山区促进消费三年行动方案\n为扩大消费，制定本方案。",
                Some("西山区促进消费三年行动方案"),
            ),
            ("同志们：\n今天的会议很重要。", None),
            ("各位代表：\n现在报告工作。", None),
            ("全年投资3亿元。", None),
            (
                "<title>工作要点_某区政府</title><h1>某区二〇二四年工作要点</h1><p>正文。</p>",
                Some("某区二〇二四年工作要点"),
            ),
            ("<title>某区统计公报发布 - 某网</title><p>正文在此。</p>", Some("某区统计公报发布")),
            ("标题：北川镇春季造林总结\n正文在此。", Some("北川镇春季造林总结")),
        ] {
            assert_eq!(of(text).title.as_deref(), title, "{text}");
        }
    }

    #[test]
    fn dates_and_sources() {
        let tail = of("某局工作总结\n全年办件3000件。\n某某局\n二〇二三年一月五日");
        assert_eq!(tail.date.as_deref(), Some("2023-01-05"));
        let meta = of(
            "<meta name=\"PubDate\" content=\"2021-03-04 10:00\"><meta name=ContentSource content=\"某报\"><p>正文。</p>",
        );
        assert_eq!((meta.date.as_deref(), meta.source.as_deref()), (Some("2021-03-04"), Some("某报")));
        let split = of("某市工作报告\n来源：\n某日报\n【字体：\n大\n】\n正文在此。");
        assert_eq!(
            (split.source.as_deref(), split.text.as_str()),
            (Some("某日报"), "某市工作报告\n正文在此。")
        );
        assert_eq!(of("本报某地1月1日讯 记者报道，开工3个项目。").date, None);
    }

    #[test]
    fn sections() {
        let document = of(
            "一、主要目标\n建成3座。\n二、重点任务\n（一）抓好投资，扩大内需\n1.推进项目建设。全年开工20个。\n2.加快招商引资，签约30个项目，落实资金，督促投产达效。\n（二）抓好消费\n举办10场。\n三、保障措施\n加强领导。",
        );
        let tree: Vec<_> =
            document.sections.iter().map(|section| (section.level, section.title.as_str())).collect();
        assert_eq!(
            tree,
            [
                (1, "一、主要目标"),
                (1, "二、重点任务"),
                (2, "（一）抓好投资，扩大内需"),
                (3, "1.推进项目建设"),
                (3, "2.加快招商引资"),
                (2, "（二）抓好消费"),
                (1, "三、保障措施"),
            ]
        );
        let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == BlockKind::Heading).count(), 5);
        assert_eq!(document.blocks.get(4).and_then(|block| block.section), Some(3));
    }

    #[test]
    fn headlines_between_news_items_and_headings_inside_a_line() {
        let page =
            of("某县抓实春耕\n本报讯 落实面积5万亩。\n东村建起冷库\n本报讯 东村投资80万元建库。（甲乙）");
        assert_eq!(page.sections.len(), 1);
        assert_eq!(page.blocks.get(2).map(|block| block.kind), Some(BlockKind::Heading));
        let line = of("总体推进。专栏2 水利工程（一）修渠引水。修渠30公里。（二）除险加固。加固水库4座。");
        let titles: Vec<_> = line.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(titles, ["专栏2 水利工程", "（一）修渠引水", "（二）除险加固"]);
        let at = line.text.find("加固水库").unwrap();
        assert_eq!(line.section_at(at), Some(2));
    }

    #[test]
    fn every_drop_is_in_order_and_apart() {
        let document = of("首页>正文\n<p>甲(jiǎ)<i></i>\u{200b}乙。</p>\n<footer>某<b>页</b>脚</footer>");
        assert!(
            document.removed.windows(2).all(|pair| pair[0].raw.end <= pair[1].raw.start),
            "{:?}",
            document.removed
        );
        assert_eq!(document.text, "甲乙。");
        let zero = document.removed.iter().find(|removed| removed.reason == "control").unwrap();
        assert_eq!(zero.raw, RawSpan { start: 22, end: 23 });
    }
}
