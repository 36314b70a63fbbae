//! Core.

/// Speaks.
pub fn speak() {
    let word = "x";
    let n = 2;

    for _ in 0..n {
    println!("{word}");
    }
}
