/// The modules of a code under one mask.
struct QRMatrix {
  let mask: Int
  private(set) var rows: [[Bool]]
  private var isPattern: [[Bool]]
  private let size: Int

  init(_ data: QRData, mask: Int) {
    self.mask = mask
    size = data.version * 4 + 17
    rows = Array(repeating: Array(repeating: false, count: size), count: size)
    isPattern = rows
    drawPatterns(version: data.version)
    drawCodewords(data.codewords)
    applyMask()
  }

  private mutating func set(_ x: Int, _ y: Int, _ isDark: Bool) {
    guard rows.indices.contains(y), rows.indices.contains(x) else { return }
    rows[y][x] = isDark
    isPattern[y][x] = true
  }

  private mutating func drawPatterns(version: Int) {
    for index in 0..<size {
      set(6, index, index % 2 == 0)
      set(index, 6, index % 2 == 0)
    }
    for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { drawRings(x, y, radius: 4) }
    let positions = Self.alignmentPositions(version: version, size: size)
    for y in positions {
      for x in positions where !((x == 6 && (y == 6 || y == size - 7)) || (x == size - 7 && y == 6)) { drawRings(x, y, radius: 2) }
    }
    drawFormat()
    if version >= 7 { drawVersion(version) }
  }

  /// Finder patterns have a light ring of distance 4, alignment patterns end at 2.
  private mutating func drawRings(_ centerX: Int, _ centerY: Int, radius: Int) {
    for dy in -radius...radius {
      for dx in -radius...radius {
        let distance = max(abs(dx), abs(dy))
        set(centerX + dx, centerY + dy, radius == 4 ? distance != 2 && distance != 4 : distance != 1)
      }
    }
  }

  static func alignmentPositions(version: Int, size: Int) -> [Int] {
    guard version > 1 else { return [] }
    let count = version / 7 + 2
    let step = version == 32 ? 26 : (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2
    return [6] + (0..<(count - 1)).map { size - 7 - $0 * step }.reversed()
  }

  /// 15 bits: level M (00), the mask and their BCH code, in two places.
  private mutating func drawFormat() {
    var remainder = mask
    for _ in 0..<10 { remainder = remainder << 1 ^ (remainder >> 9) * 0x537 }
    let bits = (mask << 10 | remainder) ^ 0x5412
    func bit(_ index: Int) -> Bool { bits >> index & 1 == 1 }
    for index in 0...5 { set(8, index, bit(index)) }
    set(8, 7, bit(6))
    set(8, 8, bit(7))
    set(7, 8, bit(8))
    for index in 9..<15 { set(14 - index, 8, bit(index)) }
    for index in 0..<8 { set(size - 1 - index, 8, bit(index)) }
    for index in 8..<15 { set(8, size - 15 + index, bit(index)) }
    set(8, size - 8, true)
  }

  private mutating func drawVersion(_ version: Int) {
    var remainder = version
    for _ in 0..<12 { remainder = remainder << 1 ^ (remainder >> 11) * 0x1F25 }
    let bits = version << 12 | remainder
    for index in 0..<18 {
      let isDark = bits >> index & 1 == 1
      set(size - 11 + index % 3, index / 3, isDark)
      set(index / 3, size - 11 + index % 3, isDark)
    }
  }

  /// Pairs of columns from the right, upwards and downwards in turn, around the timing column.
  private mutating func drawCodewords(_ codewords: [UInt8]) {
    var index = 0
    var isUpward = true
    for right in [Array(stride(from: size - 1, to: 6, by: -2)), [5, 3, 1]].joined() {
      for step in 0..<size {
        let y = isUpward ? size - 1 - step : step
        for x in [right, right - 1] where !isPattern[y][x] && index < codewords.count * 8 {
          rows[y][x] = codewords[index / 8] >> UInt8(7 - index % 8) & 1 == 1
          index += 1
        }
      }
      isUpward.toggle()
    }
  }

  private mutating func applyMask() {
    for y in 0..<size {
      for x in 0..<size where !isPattern[y][x] && inverts(x, y) { rows[y][x].toggle() }
    }
  }

  private func inverts(_ x: Int, _ y: Int) -> Bool {
    switch mask {
    case 0: (x + y) % 2 == 0
    case 1: y % 2 == 0
    case 2: x % 3 == 0
    case 3: (x + y) % 3 == 0
    case 4: (x / 3 + y / 2) % 2 == 0
    case 5: x * y % 2 + x * y % 3 == 0
    case 6: (x * y % 2 + x * y % 3) % 2 == 0
    default: ((x + y) % 2 + x * y % 3) % 2 == 0
    }
  }
}
