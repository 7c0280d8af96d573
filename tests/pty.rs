//! The program in a real pseudo-terminal: what it shows, and that it gives the terminal back.
//!
//! Nothing here sleeps for a guess: each step waits until the screen shows what it should.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longer than any machine needs.
const PATIENCE: Duration = Duration::from_secs(30);

struct Terminal {
    screen: Arc<Mutex<vt100::Parser>>,
    /// All that was written.
    bytes: Arc<Mutex<Vec<u8>>>,
    changed: mpsc::Receiver<()>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// The terminal's settings before the program started.
    before: String,
    /// The folder of what the person has written down and the program remembers.
    home: Arc<TempDir>,
}

/// Bytes that a link carries at once, and the time it takes for them.
type Link = Option<(usize, Duration)>;

/// A terminal with a program in it, and the terminal's settings before.
fn open(
    mut command: CommandBuilder,
    home: &Path,
    variables: &[(&str, &str)],
) -> (Box<dyn MasterPty + Send>, Box<dyn Child + Send + Sync>, String) {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let before = format!("{:?}", pair.master.get_termios());
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    // Nothing of the person who runs the tests is read or changed.
    command.env("XDG_STATE_HOME", home.join("state"));
    command.env("XDG_CONFIG_HOME", home.join("config"));
    for name in ["NO_COLOR", "TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY", "VISUAL", "ENV"] {
        command.env_remove(name);
    }
    let usual = [("TERM", "xterm-256color"), ("LC_ALL", "zh_CN.UTF-8"), ("RUST_BACKTRACE", "0")];
    for (name, value) in usual.iter().chain(variables) {
        command.env(name, value);
    }
    let child = pair.slave.spawn_command(command).expect("the program starts");
    (pair.master, child, before)
}

fn program() -> CommandBuilder {
    CommandBuilder::new(env!("CARGO_BIN_EXE_zhibiao"))
}

fn home() -> Arc<TempDir> {
    Arc::new(tempfile::tempdir().expect("a folder"))
}

impl Terminal {
    fn start(variables: &[(&str, &str)]) -> Self {
        Self::at_home(home(), variables)
    }

    fn at_home(home: Arc<TempDir>, variables: &[(&str, &str)]) -> Self {
        Self::running(program(), home, variables, None)
    }

    fn running(command: CommandBuilder, home: Arc<TempDir>, variables: &[(&str, &str)], link: Link) -> Self {
        let (master, child, before) = open(command, home.path(), variables);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(24, 80, 0)));
        let bytes = Arc::default();
        let mut output = master.try_clone_reader().expect("a reader");
        let (tell, changed) = mpsc::channel();
        let (seen, all) = (Arc::clone(&screen), Arc::<Mutex<Vec<u8>>>::clone(&bytes));
        std::thread::spawn(move || {
            let mut piece = vec![0; link.map_or(4096, |(most, _)| most)];
            while let Ok(n @ 1..) = output.read(&mut piece) {
                all.lock().expect("no thread panicked").extend_from_slice(&piece[..n]);
                seen.lock().expect("no thread panicked").process(&piece[..n]);
                if tell.send(()).is_err() {
                    break;
                }
                if let Some((_, time)) = link {
                    std::thread::sleep(time);
                }
            }
        });
        let keys = master.take_writer().expect("a writer");
        Self { screen, bytes, changed, master, keys, child, before, home }
    }

    fn bytes(&self) -> Vec<u8> {
        self.bytes.lock().expect("no thread panicked").clone()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the program reads");
    }

    fn until(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) {
        let start = Instant::now();
        while !holds(self.screen.lock().expect("no thread panicked").screen()) {
            let shown = || self.screen.lock().expect("no thread panicked").screen().contents();
            assert!(start.elapsed() < PATIENCE, "{what} is not there:\n{}", shown());
            let _ = self.changed.recv_timeout(Duration::from_millis(50));
        }
    }

    fn shows(&self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    fn hides(&self, text: &str) {
        self.until(&format!("a screen without {text}"), |screen| !screen.contents().contains(text));
    }

    /// Waits for the program's end and returns its exit status.
    fn end(&mut self) -> u32 {
        end(&mut *self.child)
    }

    fn is_given_back(&self) {
        self.until("the ordinary screen", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        });
        assert_eq!(format!("{:?}", self.master.get_termios()), self.before);
    }

    /// How often the program has gone to sleep, where the system tells.
    fn woken(&self) -> Option<String> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id()?)).ok()?;
        Some(status.lines().find(|line| line.starts_with("voluntary_ctxt_switches"))?.to_owned())
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = self.child.process_id().and_then(|pid| i32::try_from(pid).ok());
        let pid = pid.and_then(rustix::process::Pid::from_raw).expect("a process");
        rustix::process::kill_process(pid, signal).expect("it can be signalled");
    }
}

fn end(child: &mut dyn Child) -> u32 {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("a child") {
            return status.exit_code();
        }
        assert!(start.elapsed() < PATIENCE, "the program does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn open_filter_quit() {
    let mut terminal = Terminal::start(&[]);
    terminal.shows("原文");
    assert!(terminal.screen.lock().expect("no thread panicked").screen().alternate_screen());
    terminal.press("/没有这样的词");
    terminal.shows("没有符合的指标");
    // The terminal's own cursor stands at the caret.
    assert!(!terminal.screen.lock().expect("no thread panicked").screen().hide_cursor());
    terminal.press("\x1b");
    terminal.hides("没有符合的指标");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.is_given_back();
}

#[cfg(debug_assertions)]
#[test]
fn keys_are_answered_while_a_long_search_runs_and_escape_stops_it() {
    let mut terminal = Terminal::start(&[("ZHIBIAO_DELAY", "100000")]);
    terminal.shows("原文");
    terminal.press("/zjtx");
    terminal.shows("搜索中");
    // More can be typed, and what is on the screen can be looked at.
    terminal.press(" 前:3\r");
    terminal.shows("zjtx 前:3");
    terminal.press("jj");
    terminal.shows("3/");
    terminal.press("?");
    terminal.shows("这里的按键");
    terminal.press("\x1b");
    terminal.hides("这里的按键");
    terminal.press("\x1b");
    terminal.shows("已停止");
    terminal.press("/");
    terminal.press("\x1b");
    terminal.hides("zjtx");
    terminal.press("s");
    terminal.shows("搜索中");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.is_given_back();
}

#[test]
fn keys_typed_ahead_are_about_what_is_found() {
    let mut terminal = Terminal::start(&[]);
    terminal.shows("原文");
    terminal.press("/zjtx\rjj");
    terminal.shows("▶=国家级专精特新");
    terminal.shows("毫秒");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_second_run_goes_on_where_the_first_was_left() {
    let home = home();
    let mut terminal = Terminal::at_home(Arc::clone(&home), &[]);
    terminal.shows("初次使用");
    terminal.press("jjjsz");
    terminal.shows("分组: 指标");
    terminal.press("w");
    terminal.shows("还没有视图");
    terminal.press("w我的视图\r");
    terminal.shows("视图已保存: 我的视图");
    // However it ends.
    terminal.signal(rustix::process::Signal::KILL);
    terminal.end();
    let mut terminal = Terminal::at_home(home, &[]);
    terminal.shows("指标▲");
    terminal.hides("初次使用");
    terminal.press("w");
    terminal.shows("我的视图");
    terminal.press("\x1b");
    terminal.hides("我的视图");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.home.path().join("state/zhibiao/views.json").exists());
}

#[test]
fn filters_and_names_outlive_the_run_whatever_ends_it() {
    let home = home();
    let mut terminal = Terminal::at_home(Arc::clone(&home), &[]);
    terminal.shows("退出");
    terminal.press("/状态:目标\r");
    terminal.shows("Enter 详情");
    terminal.press("ww\x15大目标\r");
    terminal.shows("视图已保存: 大目标");
    // Not even entered.
    terminal.press("\x1b");
    terminal.hides("视图已保存");
    terminal.press("/ 长春");
    terminal.shows("/ 状态:目标 长春");
    let place = home.path().join("state/zhibiao/places/bundled.json");
    let start = Instant::now();
    while !std::fs::read_to_string(&place).is_ok_and(|kept| kept.contains("状态:目标 长春")) {
        assert!(start.elapsed() < PATIENCE, "it is not kept");
        std::thread::sleep(Duration::from_millis(5));
    }
    terminal.signal(rustix::process::Signal::KILL);
    terminal.end();
    let mut terminal = Terminal::at_home(Arc::clone(&home), &[]);
    terminal.shows("退出");
    terminal.press("/@dm\t");
    terminal.shows("/ @大目标");
    terminal.press("\x1b[A");
    terminal.shows("/ 状态:目标 长春");
    terminal.press("\x1b[A");
    terminal.hides("/ 状态:目标 长春");
    terminal.shows("/ 状态:目标");
    terminal.press("\x1b[B\x1b[B");
    terminal.shows("/ @大目标");
    terminal.press("\x1b");
    terminal.hides("@大目标");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    // Broken files are told of and put aside; nothing else is wrong.
    let state = home.path().join("state/zhibiao");
    std::fs::write(state.join("views.json"), "[").expect("a file");
    let mut terminal = Terminal::at_home(home, &[]);
    terminal.shows("views.json: EOF");
    terminal.press("j");
    terminal.hides("views.json");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert!(state.join("views.json.broken").exists());
}

#[test]
fn a_mistake_in_the_configuration_is_told_with_its_place() {
    let home = home();
    let folder = home.path().join("config/zhibiao");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("config.toml"), "[keys]\nsort = [\"t\"]\n").expect("a file");
    let mut terminal = Terminal::at_home(home, &[]);
    assert_eq!(terminal.end(), 2);
    terminal.shows("config.toml:2:9");
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_and_is_readable() {
    let mut terminal = Terminal::start(&[("ZHIBIAO_FAULT", "1")]);
    terminal.shows("原文");
    terminal.press("j");
    assert_eq!(terminal.end(), 101);
    terminal.is_given_back();
    terminal.shows("a fault while drawing");
}

#[test]
fn a_signal_gives_the_terminal_back() {
    use rustix::process::Signal;
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut terminal = Terminal::start(&[]);
        terminal.shows("原文");
        terminal.signal(signal);
        assert_ne!(terminal.end(), 0);
        terminal.is_given_back();
    }
}

#[test]
fn a_lost_terminal_ends_the_program() {
    let home = home();
    let (master, mut child, _) = open(program(), home.path(), &[]);
    let mut output = master.try_clone_reader().expect("a reader");
    let mut seen = Vec::new();
    let mut bytes = [0; 4096];
    while !String::from_utf8_lossy(&seen).contains("原文") {
        let n = output.read(&mut bytes).expect("it draws");
        seen.extend_from_slice(&bytes[..n]);
    }
    drop(output);
    drop(master);
    let start = Instant::now();
    assert_ne!(end(&mut *child), 0);
    assert!(start.elapsed() < Duration::from_secs(1), "gone after {:?}", start.elapsed());
}

/// `fuzz/faults` presses ten thousand.
#[test]
fn random_keys_and_sizes_leave_a_program_that_answers() {
    // But those that end, stop or leave it.
    let keys = [
        "j",
        "k",
        "h",
        "l",
        "g",
        "G",
        "\t",
        "\r",
        "\x1b",
        " ",
        "o",
        "c",
        "t",
        "x",
        "s",
        "S",
        "r",
        "v",
        "/",
        "?",
        ":",
        "b",
        "f",
        "n",
        "N",
        "[",
        "]",
        "w",
        "u",
        "y",
        "Y",
        "z",
        "\x10",
        "\x0e",
        "\x0c",
        "\x15",
        "\x17",
        "专",
        "5",
        "%",
        ">",
        "\x7f",
        "\x1b[A",
        "\x1b[B",
        "\x1b[C",
        "\x1b[D",
        "\x1b[5~",
        "\x1b[6~",
        "\x1b[H",
        "\x1b[F",
        "\x1b[1;5C",
        "\x1bOP",
        "\x1b[<0;10;5M",
        "\x1b[<65;10;5M",
        "\x1b[200~甲\n乙\x1b[201~",
        "\x1b[99999999999999999999~",
        "\x1b]junk\x07",
    ];
    let count = std::env::var("ZHIBIAO_KEYS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let mut terminal = Terminal::start(&[("PAGER", "true"), ("EDITOR", "true")]);
    terminal.shows("退出");
    let mut dice = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("a time").subsec_nanos() | 1;
    let mut below = |n: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 17;
        dice ^= dice << 5;
        dice as usize % n
    };
    let mut pressed = Vec::new();
    for _ in 0..count {
        let key = keys[below(keys.len())];
        pressed.push(key);
        terminal.press(key);
        if below(20) == 0 {
            let (rows, cols) = (below(60) as u16, below(200) as u16);
            let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
            terminal.master.resize(size).expect("a new size");
        }
        let ended = terminal.child.try_wait().expect("a child");
        assert!(ended.is_none(), "ended {ended:?} after {:?}", &pressed[pressed.len().saturating_sub(40)..]);
    }
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    terminal.screen.lock().expect("no thread panicked").screen_mut().set_size(24, 80);
    terminal.master.resize(size).expect("a new size");
    // Out of whatever is open.
    for _ in 0..12 {
        terminal.press("\x1b");
        std::thread::sleep(Duration::from_millis(60));
    }
    terminal.press("\x0c?");
    terminal.shows("这里的按键");
    terminal.signal(rustix::process::Signal::TERM);
    terminal.end();
    terminal.is_given_back();
}

#[test]
fn a_new_size_is_drawn_at_once() {
    let terminal = Terminal::start(&[]);
    terminal.shows("原文");
    let size = PtySize { rows: 10, cols: 40, pixel_width: 0, pixel_height: 0 };
    terminal.screen.lock().expect("no thread panicked").screen_mut().set_size(10, 40);
    terminal.master.resize(size).expect("a new size");
    terminal.shows("[指标]  原文");
}

#[test]
fn ctrl_z_stops_it_and_fg_brings_it_back() {
    let mut shell = CommandBuilder::new("sh");
    shell.args(["-i"]);
    let mut terminal = Terminal::running(shell, home(), &[("PS1", "ready> ")], None);
    terminal.shows("ready>");
    terminal.press(&format!("{}\r", env!("CARGO_BIN_EXE_zhibiao")));
    terminal.shows("原文");
    terminal.press("jj");
    terminal.shows("3/");
    terminal.press("\x1a");
    terminal.until("the shell", |screen| {
        let prompts = screen.contents().matches("ready>").count();
        prompts == 2 && !screen.alternate_screen() && !screen.hide_cursor()
    });
    terminal.press("fg\r");
    terminal.until("the explorer", vt100::Screen::alternate_screen);
    terminal.shows("3/");
    terminal.press("q");
    // Its prompt says that it reads again.
    terminal.until("the shell", |screen| {
        screen.contents().matches("ready>").count() == 3 && !screen.alternate_screen()
    });
    terminal.press("exit\r");
    terminal.end();
}

#[test]
fn the_file_is_shown_by_the_persons_own_programs() {
    let home = home();
    let pager = home.path().join("pager");
    std::fs::write(&pager, "echo \"here is $1\"; read line\n").expect("a script");
    let pager = format!("sh {}", pager.display());
    let mut terminal = Terminal::at_home(home, &[("PAGER", &pager), ("EDITOR", "no-such-editor")]);
    terminal.shows("原文");
    terminal.press("jj");
    terminal.shows("3/");
    terminal.press("p");
    terminal.shows("here is data/corpus/");
    // Ctrl-C is the pager's own affair.
    terminal.press("\r");
    terminal.until("the explorer", vt100::Screen::alternate_screen);
    terminal.shows("3/");
    terminal.press("E");
    terminal.shows("打不开: no-such-editor");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.is_given_back();
}

#[test]
fn a_paste_of_100_kilobytes_is_a_filter() {
    let mut terminal = Terminal::start(&[]);
    terminal.shows("原文");
    let text = "没有这样的词 ".repeat(5_300);
    terminal.press(&format!("\x1b[200~{text}\x1b[201~"));
    terminal.shows("没有符合的指标");
    terminal.press("\x1b");
    terminal.hides("没有符合的指标");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_storm_of_sizes_ends_in_a_whole_screen() {
    let mut terminal = Terminal::start(&[]);
    terminal.shows("原文");
    for n in 0..100_u16 {
        let size = PtySize { rows: n % 40, cols: n * 7 % 130, pixel_width: 0, pixel_height: 0 };
        terminal.master.resize(size).expect("a new size");
    }
    terminal.screen.lock().expect("no thread panicked").screen_mut().set_size(12, 50);
    let size = PtySize { rows: 12, cols: 50, pixel_width: 0, pixel_height: 0 };
    terminal.master.resize(size).expect("a new size");
    terminal.press("j");
    terminal.press("\x0c");
    terminal.shows("[指标]  原文");
    terminal.shows("q 退出");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    terminal.is_given_back();
}

#[test]
fn over_a_slow_link_a_burst_of_keys_is_answered_by_few_frames() {
    // 64 kbit/s.
    let link = Some((64, Duration::from_millis(8)));
    let mut terminal = Terminal::running(program(), home(), &[], link);
    terminal.shows("退出");
    let before = terminal.bytes().len();
    terminal.press(&"\x1b[B".repeat(20));
    terminal.shows("21/");
    let written = terminal.bytes().len() - before;
    assert!(written < 9_000, "{written} bytes");
}

#[test]
fn nothing_is_written_while_nothing_happens_and_nobody_listens_to_the_mouse() {
    let mut terminal = Terminal::start(&[]);
    terminal.shows("退出");
    // The marks of the checks come after the first frame.
    terminal.shows("=解决问题");
    // Once what is remembered of the first frame is written, too.
    let start = Instant::now();
    let shown = loop {
        let (shown, woken) = (terminal.text(), terminal.woken());
        std::thread::sleep(Duration::from_millis(1_500));
        if (terminal.text(), terminal.woken()) == (shown.clone(), woken) {
            break shown;
        }
        assert!(start.elapsed() < PATIENCE, "it does not fall silent");
    };
    for mode in ["?1000h", "?1002h", "?1003h"] {
        assert!(!shown.contains(mode), "{mode}");
    }
    terminal.press("y");
    terminal.shows("OSC 52");
    assert!(terminal.text().contains("\x1b]52;c;"));
    terminal.press("m");
    terminal.shows("鼠标已开");
    assert!(terminal.text().contains("\x1b[?1002h"));
    terminal.press("q");
    terminal.end();
    terminal.is_given_back();
    assert!(terminal.text().contains("\x1b[?1002l"));
}

#[test]
fn what_the_terminal_answers_is_heeded() {
    let mut terminal = Terminal::start(&[]);
    terminal.shows("退出");
    assert!(terminal.text().contains("\x1b[6n"));
    let holds_back = |terminal: &Terminal| terminal.text().contains("\x1b[?2026h");
    terminal.press("?");
    terminal.shows("这里的按键");
    assert!(!holds_back(&terminal));
    // It can hold back half a frame, its background is light; that it draws “ in two columns it says too late for
    // the layout.
    std::thread::sleep(Duration::from_millis(60));
    terminal.press("q");
    terminal.hides("这里的按键");
    terminal.press("\x1b[?2026;2$y\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[2;3R");
    terminal.shows("--ambiguous-width 2");
    terminal.shows("│");
    terminal.press("?");
    terminal.until("a whole frame", |_| holds_back(&terminal));
    let told = |terminal: &Terminal| terminal.text().contains("--ambiguous-width 2");
    // In time is within 50 ms: a busy machine may need a second try.
    let heeded = (0..20).any(|_| {
        let mut terminal = Terminal::start(&[]);
        terminal.until("a question", |_| terminal.text().contains("\x1b[6n"));
        terminal.press("\x1b[2;3R");
        terminal.until("an answer", |screen| told(&terminal) || screen.contents().contains("+ "));
        let drawn = terminal.screen.lock().expect("no thread panicked").screen().contents();
        !drawn.contains('│') && drawn.contains('|')
    });
    assert!(heeded);
}

#[test]
fn a_filter_key_that_leaves_the_rows_writes_the_query_line_alone() {
    let mut terminal = Terminal::start(&[]);
    terminal.shows("退出");
    terminal.shows("=解决问题");
    terminal.press("/-没有这样");
    terminal.shows("/ -没有这样");
    std::thread::sleep(Duration::from_millis(300));
    let before = terminal.text().len();
    terminal.press("的");
    terminal.shows("/ -没有这样的");
    std::thread::sleep(Duration::from_millis(300));
    let text = terminal.text();
    let written = text.get(before..).unwrap_or_default();
    assert!(written.len() < 60 && !written.contains('\n'), "{written:?}");
    let mut moves =
        written.split("\x1b[").filter(|code| code.trim_start_matches([';', ' ']).find('H').is_some());
    assert!(moves.all(|to| to.starts_with('H') || to.starts_with("1;")), "{written:?}");
}

#[test]
fn a_console_that_would_print_questions_is_asked_none() {
    for term in ["linux", "vt100"] {
        let mut terminal = Terminal::start(&[("TERM", term)]);
        terminal.shows("退出");
        terminal.press("jj");
        terminal.shows("3/");
        let shown = terminal.text();
        for question in ["$p", "]11;", "[6n", "2026"] {
            assert!(!shown.contains(question), "{question}");
        }
        terminal.press("q");
        assert_eq!(terminal.end(), 0);
    }
    // What cannot draw at all is given lines.
    let mut terminal = Terminal::start(&[("TERM", "dumb")]);
    terminal.end();
    let shown = terminal.text();
    assert!(shown.contains("亿元") && !shown.contains('\x1b'));
}
