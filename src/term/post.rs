//! Messages from other threads, and a pipe that wakes the loop when there are some.
//!
//! `post.send(Msg::Found(…))` in a thread → the pipe becomes readable → [`Inbox::take`] in the loop

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, mpsc};

use crate::ui::Msg;

/// Where threads send what they have found out.
#[derive(Clone, Debug)]
pub struct Post {
    tell: mpsc::Sender<Msg>,
    bell: Arc<UnixStream>,
}

impl Post {
    /// Sends a message; where nobody listens any more it is lost.
    pub fn send(&self, msg: Msg) {
        if self.tell.send(msg).is_ok() {
            // A full pipe wakes as well.
            let _ = (&*self.bell).write(&[0]);
        }
    }
}

/// Where the loop finds what was sent.
#[derive(Debug)]
pub struct Inbox {
    hear: mpsc::Receiver<Msg>,
    pipe: UnixStream,
}

impl Inbox {
    /// What becomes readable when something is sent.
    pub(super) fn pipe(&self) -> BorrowedFd<'_> {
        self.pipe.as_fd()
    }

    /// All that was sent since the last call.
    pub fn take(&self) -> Vec<Msg> {
        let mut sink = [0; 64];
        while matches!((&self.pipe).read(&mut sink), Ok(n) if n > 0) {}
        self.hear.try_iter().collect()
    }
}

/// Both ends.
///
/// # Errors
/// The system's, if it has no pipes left.
pub fn post() -> io::Result<(Post, Inbox)> {
    let (tell, hear) = mpsc::channel();
    let (bell, pipe) = UnixStream::pair()?;
    bell.set_nonblocking(true)?;
    pipe.set_nonblocking(true)?;
    Ok((Post { tell, bell: Arc::new(bell) }, Inbox { hear, pipe }))
}
