import Kit
import Testing

@testable import Web

@Suite("JSON is read totally and printed exactly")
struct JSONTests {
  private func read(_ text: String) throws -> Value { try JSONReader.read(Array(text.utf8)) }

  @Test(
    "what is not JSON is refused and named as such",
    arguments: [
      "", "{", "[1,", "{\"a\":1,\"a\":2}", "NaN", "01", "1.", "1e", "+1", "\"\u{1}\"", "\"\\u0000\"", "\"\\uD800\"", "\"\\uD800\\u0041\"",
      "{a:1}", "[1 2]", "truex", "1e400", "'a'", "[1,]", "{\"a\":1,}", "\"abc", "\"\\x\"",
      "\"\\u+041\"", "\"\\u-041\"", "\"\\u00\u{ff11}\"",
    ])
  func refused(_ text: String) {
    #expect(throws: Problem.self) { try read(text) }
  }

  @Test("a hundred thousand brackets end at the depth limit, not at the stack's")
  func depth() throws {
    #expect(throws: Problem.self) { try read(String(repeating: "[", count: 100_000)) }
    #expect(throws: Problem.self) { try read(String(repeating: "[", count: 32) + "1" + String(repeating: "]", count: 32)) }
    _ = try read(String(repeating: "[", count: 31) + "1" + String(repeating: "]", count: 31))
  }

  @Test("an object has at most as many names as a form, a list any number of items")
  func names() throws {
    let object = { (count: Int) in "{" + (0..<count).map { "\"\($0)\":0" }.joined(separator: ",") + "}" }
    _ = try read(object(2000))
    #expect(throws: Problem.self) { try read(object(2001)) }
    try #expect(read("[" + Array(repeating: "0", count: 5000).joined(separator: ",") + "]").items.count == 5000)
  }

  @Test("invalid UTF-8 is refused")
  func bytes() {
    #expect(throws: Problem.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
  }

  private static let samples: [(String, Value)] = [
    ("9223372036854775807", Value.integer(.max)), ("9223372036854775808", .real(9_223_372_036_854_775_808)), ("-0", .integer(0)),
    ("1.5e1", .real(15)), ("\"\\u00e9\\ud83d\\ude00\\/\"", "é😀/"), ("[true,false,null]", [true, false, .null]),
  ]

  @Test("values keep their kind", arguments: samples)
  func kinds(_ text: String, _ value: Value) throws {
    try #expect(read(text) == value)
  }

  @Test("whole numbers are printed whole as far as they are exact, and no number ends the process")
  func numbers() {
    let printed = [0x1p53, -0x1p53, 0x1p53 - 1, 1 - 0x1p53, 0x1p63, -0x1p63, -0x1p64, -0.0, 2.5, .infinity, .nan].map(JSONWriter.number)
    let expected = [
      "9007199254740992.0", "-9007199254740992.0", "9007199254740991", "-9007199254740991", "9.223372036854776e+18",
      "-9.223372036854776e+18", "-1.8446744073709552e+19", "0", "2.5", "null", "null",
    ]
    #expect(printed == expected)
  }

  @Test("what is printed reads back the same")
  func roundTrip() throws {
    let value: Value = [
      "text": "quote \" backslash \\ line\nreturn\rtab\t bell\u{7} \u{2028} 😀", "numbers": [.integer(.min), .real(0.1), .real(1e300), 3],
      "nothing": .null, "flags": [true, false], "inner": ["a": [[], [:]]],
    ]
    try #expect(JSONReader.read(JSONWriter.bytes(value)) == value)
  }

  @Test("random bytes never end the process and mostly are refused")
  func noise() {
    let alphabet = Array("[]{}\",:0123456789eE+-.\\utrfalsn \u{e9}\u{0}".utf8)
    var state: UInt64 = 42
    var accepted = 0
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<24 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      if (try? JSONReader.read(bytes)) != nil { accepted += 1 }
    }
    #expect(accepted < 200)
  }
}
