extension QRMatrix {
  /// How hard the code is to read: long runs, squares, false finder patterns and an uneven share of dark modules.
  var penalty: Int {
    let size = rows.count
    let columns = (0..<size).map { x in rows.map { $0[x] } }
    let lines = (rows + columns).reduce(0) { $0 + Self.runPenalty($1) + Self.finderPenalty($1) }
    var squares = 0
    for (upper, lower) in zip(rows, rows.dropFirst()) {
      for x in 0..<(size - 1) where upper[x] == upper[x + 1] && upper[x] == lower[x] && upper[x] == lower[x + 1] { squares += 3 }
    }
    let dark = rows.joined().count { $0 }
    return lines + squares + abs(dark * 20 - size * size * 10) / (size * size) * 10
  }

  /// Five modules of one colour cost 3, every further one 1.
  private static func runPenalty(_ line: [Bool]) -> Int {
    var (penalty, run) = (0, 0)
    var colour: Bool?
    for module in line {
      run = module == colour ? run + 1 : 1
      colour = module
      if run == 5 { penalty += 3 } else if run > 5 { penalty += 1 }
    }
    return penalty
  }

  /// The proportions 1:1:3:1:1 with four light modules before or after cost 40; outside the code is light.
  private static func finderPenalty(_ line: [Bool]) -> Int {
    let finder = [true, false, true, true, true, false, true]
    let light = Array(repeating: false, count: 4)
    let padded = light + line + light
    return (4..<(padded.count - 10)).reduce(0) { penalty, start in
      guard padded[start..<(start + 7)].elementsEqual(finder) else { return penalty }
      let before = padded[(start - 4)..<start].allSatisfy { !$0 }
      let after = padded[(start + 7)..<(start + 11)].allSatisfy { !$0 }
      return penalty + (before ? 40 : 0) + (after ? 40 : 0)
    }
  }
}
