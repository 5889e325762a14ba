import Testing

@testable import Interchange

@Suite struct QRCodeTests {
  private static func code(_ count: Int) throws -> QRCode { try #require(QRCode((0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) })) }

  @Test("the code of an address is the one a reader has decoded")
  func knownCode() throws {
    let code = try #require(QRCode("https://tandem.example/asks/new?from=poster"))
    let drawn = code.modules.map { $0.map { $0 ? "#" : "." }.joined() + "\n" }.joined()
    try #expect(drawn == String(decoding: Fixture.bytes("qr-poster.txt"), as: UTF8.self))
  }

  @Test("capacity of level M, ISO 18004 table 7", arguments: [(14, 1), (15, 2), (213, 10), (214, 11), (412, 15), (413, 16), (2331, 40)])
  func capacity(count: Int, version: Int) throws {
    let code = try Self.code(count)
    #expect(code.version == version)
    #expect(code.size == 4 * version + 17)
  }

  @Test("more than 2331 bytes do not fit")
  func tooMuch() { #expect(QRCode(Array(repeating: 0, count: 2332)) == nil) }

  @Test("three finder patterns, timing lines and both copies of the format stand where they belong", arguments: [1, 100, 300, 1000])
  func patterns(count: Int) throws {
    let code = try Self.code(count)
    let (rows, size) = (code.modules, code.size)
    let finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
    for (x, y) in [(0, 0), (size - 7, 0), (0, size - 7)] {
      #expect((y..<(y + 7)).map { row in rows[row][x..<(x + 7)].map { $0 ? "#" : "." }.joined() } == finder)
    }
    for index in 8..<(size - 8) {
      #expect(rows[6][index] == (index % 2 == 0))
      #expect(rows[index][6] == (index % 2 == 0))
    }
    let first = [0, 1, 2, 3, 4, 5, 7, 8].map { rows[8][$0] } + [7, 5, 4, 3, 2, 1, 0].map { rows[$0][8] }
    let second = (1...7).map { rows[size - $0][8] } + ((size - 8)..<size).map { rows[8][$0] }
    #expect(first == second)
    // Format words for level M and masks 0 to 7, ISO 18004 table C.1.
    let words = [0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0]
    #expect(first.reduce(0) { $0 << 1 | ($1 ? 1 : 0) } == words[code.mask])
    #expect(rows[size - 8][8])
  }

  @Test("Reed-Solomon: the worked example of ISO 18004, annex I")
  func correction() {
    let data: [UInt8] = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11]
    let expected: [UInt8] = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55]
    #expect(ReedSolomon.remainder(of: data, divisor: ReedSolomon.divisor(degree: 10)) == expected)
  }

  @Test("the picture is one path with a title, without styles")
  func picture() throws {
    let svg = try Self.code(10).svg(title: "Ask <now>")
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\" role=\"img\""))
    #expect(svg.contains("<title>Ask &lt;now&gt;</title>"))
    #expect(svg.split(separator: "<path").count == 2)
    #expect(!svg.contains("style"))
  }
}
