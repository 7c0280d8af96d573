//! Several questions to an index at the same time.

/// What each thing gives, in their order; each on a thread of its own.
pub fn each<T: Sync, R: Send>(things: &[T], give: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let give = &give;
    std::thread::scope(|scope| {
        let threads: Vec<_> = things.iter().map(|thing| scope.spawn(move || give(thing))).collect();
        // A panic of any thread ends the program.
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn answers_stand_in_the_order_of_the_questions() {
        assert_eq!(super::each(&[2, 9, 1], |n| n * 2), [4, 18, 2]);
    }
}
