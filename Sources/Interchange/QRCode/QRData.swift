/// The codewords of a code: the bytes, their length, padding and error correction, interleaved.
struct QRData {
  let version: Int
  let codewords: [UInt8]

  private static let correctionPerBlock = [
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  ]
  private static let blocks = [
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
    17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
  ]

  init?(_ bytes: [UInt8]) {
    guard bytes.count <= QRCode.mostBytes,
      let version = (1...40).first(where: { Self.dataCodewords($0) * 8 >= 4 + Self.lengthBits($0) + bytes.count * 8 })
    else { return nil }
    self.version = version
    codewords = Self.interleaved(Self.padded(bytes, version: version), version: version)
  }

  private static func lengthBits(_ version: Int) -> Int { version < 10 ? 8 : 16 }

  /// Modules that are not part of a pattern, in whole bytes.
  static func allCodewords(_ version: Int) -> Int {
    var modules = (16 * version + 128) * version + 64
    if version >= 2 {
      let alignments = version / 7 + 2
      modules -= (25 * alignments - 10) * alignments - 55
      if version >= 7 { modules -= 36 }
    }
    return modules / 8
  }

  private static func dataCodewords(_ version: Int) -> Int {
    allCodewords(version) - correctionPerBlock[version - 1] * blocks[version - 1]
  }

  private static func padded(_ bytes: [UInt8], version: Int) -> [UInt8] {
    let length = lengthBits(version)
    let header = (0b0100 << length) | bytes.count
    var bits = stride(from: 3 + length, through: 0, by: -1).map { header >> $0 & 1 == 1 }
    for byte in bytes { bits += stride(from: 7, through: 0, by: -1).map { byte >> UInt8($0) & 1 == 1 } }
    let capacity = dataCodewords(version)
    bits += Array(repeating: false, count: min(4, capacity * 8 - bits.count))
    bits += Array(repeating: false, count: (8 - bits.count % 8) % 8)
    let words = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<(start + 8)].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
    }
    return words + (0..<(capacity - words.count)).map { $0 % 2 == 0 ? 0xEC : 0x11 }
  }

  /// Long blocks hold one data codeword more than short ones and come last.
  private static func interleaved(_ data: [UInt8], version: Int) -> [UInt8] {
    let (count, correction) = (blocks[version - 1], correctionPerBlock[version - 1])
    let short = data.count / count
    let longBlocks = data.count % count
    var rest = data[...]
    var parts: [[UInt8]] = []
    for block in 0..<count {
      let length = short + (block < count - longBlocks ? 0 : 1)
      parts.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    let divisor = ReedSolomon.divisor(degree: correction)
    let remainders = parts.map { ReedSolomon.remainder(of: $0, divisor: divisor) }
    return (0...short).flatMap { index in parts.compactMap { $0.indices.contains(index) ? $0[index] : nil } }
      + (0..<correction).flatMap { index in remainders.map { $0[index] } }
  }
}

/// Arithmetic in GF(256) with x⁸ + x⁴ + x³ + x² + 1.
enum ReedSolomon {
  static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
    stride(from: 7, through: 0, by: -1).reduce(UInt8(0)) { sum, bit in
      let doubled = sum << 1 ^ (sum >> 7 == 1 ? 0x1D : 0)
      return doubled ^ (b >> UInt8(bit) & 1 == 1 ? a : 0)
    }
  }

  /// Coefficients of (x - 1)(x - 2)(x - 4)… without the leading 1.
  static func divisor(degree: Int) -> [UInt8] {
    var coefficients = Array(repeating: UInt8(0), count: degree - 1) + [1]
    var root: UInt8 = 1
    for _ in 0..<degree {
      for index in 0..<degree {
        coefficients[index] = product(coefficients[index], root)
        if index + 1 < degree { coefficients[index] ^= coefficients[index + 1] }
      }
      root = product(root, 2)
    }
    return coefficients
  }

  static func remainder(of data: [UInt8], divisor: [UInt8]) -> [UInt8] {
    var result = Array(repeating: UInt8(0), count: divisor.count)
    for byte in data {
      let factor = byte ^ result.removeFirst()
      result.append(0)
      for index in divisor.indices { result[index] ^= product(divisor[index], factor) }
    }
    return result
  }
}
