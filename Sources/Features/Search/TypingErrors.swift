/// How far what somebody typed is from a word, for search that forgives two slips.
enum TypingErrors {
  /// Optimal string alignment (Damerau with adjacent swaps), or nil beyond `most`. O(length × most).
  static func distance(_ a: [Character], _ b: [Character], most: Int) -> Int? {
    guard abs(a.count - b.count) <= most else { return nil }
    var before: [Int] = []
    var last = Array(0...b.count)
    for row in a.indices {
      var now = [row + 1]
      var best = row + 1
      for column in b.indices {
        var cost = min(last[column + 1] + 1, now[column] + 1, last[column] + (a[row] == b[column] ? 0 : 1))
        if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] { cost = min(cost, before[column - 1] + 1) }
        now.append(cost)
        best = min(best, cost)
      }
      if best > most { return nil }
      (before, last) = (last, now)
    }
    return last.last.flatMap { $0 <= most ? $0 : nil }
  }

  /// Slips forgiven in a word: none up to three letters, one up to five, two beyond.
  static func forgiven(_ length: Int) -> Int { length <= 3 ? 0 : length <= 5 ? 1 : 2 }

  /// The slips between a query and a text: every word of the query must be near some word of the text. Nil when one is not.
  static func slips(_ query: [[Character]], in text: [[Character]]) -> Int? {
    var sum = 0
    for word in query {
      let most = forgiven(word.count)
      let near = text.compactMap { other -> Int? in
        // What is still being typed is compared with as much of the word, one letter more or less.
        let whole = distance(word, other, most: most)
        let start = other.count > word.count ? distance(word, Array(other.prefix(word.count)), most: most) : nil
        return [whole, start].compactMap { $0 }.min()
      }
      guard let least = near.min() else { return nil }
      sum += least
    }
    return sum
  }
}
