/// Slots as calendars alone define them: on the own grid of each available block, inside the block, touching no busy time.
///
/// Works in UTC seconds, because blocks of foreign calendars may begin at any second. Reuse one value for many people.
package struct BlockGrid {
  private var blocks: [(start: Int64, end: Int64)] = []
  private var busy: [(start: Int64, end: Int64)] = []

  package init() {}

  /// Appends the starts to `starts`, ascending and each once. Marked occurrences are the blocks, all others are busy.
  /// - Complexity: O(n log n + slots) for n occurrences.
  package mutating func appendStarts(of occurrences: [FeedOccurrence], seconds: Int64, to starts: inout [Int64]) {
    guard seconds > 0 else { return }
    blocks.removeAll(keepingCapacity: true)
    busy.removeAll(keepingCapacity: true)
    for occurrence in occurrences {
      if occurrence.isMarked { blocks.append((occurrence.start, occurrence.end)) } else { busy.append((occurrence.start, occurrence.end)) }
    }
    blocks.sort { $0.start < $1.start }
    mergeBusy()
    let first = starts.count
    var isAscending = true
    var ahead = 0
    for block in blocks {
      while ahead < busy.count, busy[ahead].end <= block.start { ahead += 1 }
      var next = ahead
      var start = block.start
      while start <= block.end - seconds {
        while next < busy.count, busy[next].end <= start { next += 1 }
        if next < busy.count, busy[next].start < start + seconds {
          start += (busy[next].end - start + seconds - 1) / seconds * seconds
          continue
        }
        if starts.count > first, let last = starts.last, last >= start { isAscending = false }
        starts.append(start)
        start += seconds
      }
    }
    if !isAscending { putInOrder(&starts, from: first) }
  }

  /// Sorted, and what overlaps or touches is one.
  private mutating func mergeBusy() {
    busy.sort { $0.start < $1.start }
    var count = 0
    for time in busy {
      if count > 0, time.start <= busy[count - 1].end {
        busy[count - 1].end = max(busy[count - 1].end, time.end)
      } else {
        busy[count] = time
        count += 1
      }
    }
    busy.removeSubrange(count...)
  }

  private func putInOrder(_ starts: inout [Int64], from first: Int) {
    starts[first...].sort()
    var count = first
    for index in first..<starts.count where count == first || starts[count - 1] != starts[index] {
      starts[count] = starts[index]
      count += 1
    }
    starts.removeSubrange(count...)
  }
}
