/// The changes of a zone as its wall clocks show them, so that a wall reading is answered by one binary search.
///
/// A change at instant T from offset a to offset b takes effect at the reading T + max(a, b): readings in a gap are told with the
/// offset before the change, readings in a fold mean the first of the two. See ``WallResolution``.
struct WallChanges: Sendable, Hashable {
  /// The readings from which on the next offset is used; ascending from `orderly` on.
  private var readings: [Int64] = []
  /// Where the fold or the gap before each of `readings` begins.
  private var troubles: [Int64] = []
  /// Before this index changes follow each other too closely for the rule above.
  private var orderly = 0

  init(_ file: ZoneFileContents) {
    for (index, change) in file.changes.enumerated() {
      let (before, after) = (file.offset(after: index - 1), file.offset(after: index))
      let reading = change.addingSaturating(max(before, after))
      let trouble = change.addingSaturating(min(before, after))
      if let last = readings.last, last > trouble { orderly = index + 2 }
      readings.append(reading)
      troubles.append(trouble)
    }
  }

  /// The change after which `wall` is told, -1 for the time before the first; `next` is where the following change takes effect and
  /// `trouble` where its gap or fold begins. Nil when only a look at the neighbouring changes can tell. O(log changes).
  func stretch(of wall: Int64) -> (change: Int, from: Int64, next: Int64, trouble: Int64)? {
    var low = 0
    var high = readings.count
    while low < high {
      let middle = (low + high) / 2
      if readings[middle] <= wall { low = middle + 1 } else { high = middle }
    }
    guard low >= orderly else { return nil }
    return (
      low - 1, low == 0 ? .min : readings[low - 1], low < readings.count ? readings[low] : .max,
      low < troubles.count ? troubles[low] : .max
    )
  }
}
