extension SlotSearch {
  /// At most `perDay` of the ascending `starts` for each date of the viewer's zone: the first, the last and between
  /// them as evenly spread as the list allows. With a limit of one it is the first. O(starts).
  public static func thin(_ starts: [Int32], perDay: Int, zone: Zone) -> [Int32] {
    guard perDay > 0 else { return [] }
    var days: [(date: CivilDate, starts: [Int32])] = []
    for start in starts {
      let date = zone.date(at: start)
      if days.last?.date == date {
        days[days.count - 1].starts.append(start)
      } else {
        days.append((date, [start]))
      }
    }
    return days.flatMap { spread($0.starts, perDay) }
  }

  private static func spread(_ starts: [Int32], _ limit: Int) -> [Int32] {
    guard starts.count > limit else { return starts }
    guard limit > 1 else { return Array(starts.prefix(1)) }
    return (0..<limit).map { starts[$0 * (starts.count - 1) / (limit - 1)] }
  }
}
