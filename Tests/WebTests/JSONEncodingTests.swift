import Kit
import Testing

@testable import Web

@Suite("JSON without a tree")
struct JSONEncodingTests {
  enum Mood: String, Output { case calm, busy = "very busy" }

  struct Inner: Output {
    var isOpen: Bool
    var note: String?
    var at: Instant
  }

  struct Everything: Output {
    var name = "Zoë \"quoted\" \\ \n\u{1}<b>"
    var count = -3
    var big = Int64.max
    var small: Int32 = 7
    var share = 0.25
    var whole = 4.0
    var isTrue = true
    var nothing: String?
    var mood = Mood.busy
    var id = ID<Person>(1234)
    var html = SafeHTML("<i>x</i>")
    var inner = Inner(isOpen: false, note: nil, at: Instant(seconds: 1_800_000_000))
    var list = [Inner(isOpen: true, note: "a", at: Instant(seconds: 1)), Inner(isOpen: true, note: nil, at: Instant(seconds: 2))]
    var emptyList: [String] = []
    var nested = [[1, 2], [], [3]]
    var gaps: [Int?] = [1, nil, 3]
    var named = ["aKey": 1]
    var odd = ["Größe \"x\"": "y"]
    var x2Y3 = "digits"
  }

  /// Writes a field after the one behind it was opened.
  struct Backwards: Codable, Sendable {
    enum CodingKeys: CodingKey { case first, second }
    init() {}
    init(from decoder: any Decoder) throws {}
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      var list = container.nestedUnkeyedContainer(forKey: .first)
      try container.encode("b", forKey: .second)
      try list.encode("a")
    }
  }

  class Base: Codable {
    var one = 1
  }

  struct Nothing: Output {}

  struct Point: DirectOutput {
    var x = -12
    var atName: String? = "a \"b\""

    func write(to fields: inout DirectFields) {
      fields("x", x)
      fields("at_name", atName)
    }
  }

  struct Direct: DirectOutput {
    var id = ID<Person>(77)
    var textBefore: String?
    var names = ["a", "\u{1F}"]
    var point: Point? = Point()
    var other: Point?
    var last = Point(x: 0, atName: nil)

    func write(to fields: inout DirectFields) {
      fields("id", id)
      fields("text_before", textBefore)
      fields("names", names)
      fields("point", point)
      fields("other", other)
      fields("last", last)
    }
  }

  /// Forgets a field.
  struct Forgetful: DirectOutput {
    var x = 1
    var y = 2

    func write(to fields: inout DirectFields) { fields("x", x) }
  }

  private func same(_ value: some Encodable) throws -> Bool {
    try JSONEncoding.bytes(value) == JSONWriter.bytes(ValueEncoder.encode(value))
  }

  @Test("the bytes are those of the tree of values, whatever the type")
  func bytes() throws {
    try #expect(same(Everything()))
    try #expect(same([Everything(), Everything()]))
    try #expect(same(Nothing()) && same([Nothing()]) && same([Int]()) && same(3) && same("a") && same(Mood.calm) && same([String: Int]()))
    try #expect(same(["list": [Backwards()]]) && same(Base()))
    let text = String(decoding: try JSONEncoding.bytes(Inner(isOpen: true, note: nil, at: Instant(seconds: 0))), as: UTF8.self)
    #expect(text == #"{"is_open":true,"at":"1970-01-01T00:00:00Z"}"#)
  }

  @Test("what writes itself in a list writes what it encodes")
  func direct() throws {
    try #expect(same([Direct(), Direct(textBefore: "x", names: [], point: nil, other: Point())]))
    try #expect(same(["list": [Direct()]]) && same(Direct()) && same([[Point()], []]) && same([Point?.none, Point()]))
    try #expect(!same([Forgetful()]))
  }

  @Test("what puts its fields out of order is put in order")
  func order() throws {
    #expect(String(decoding: try JSONEncoding.bytes([Backwards()]), as: UTF8.self).contains(#""second":"b""#))
  }
}
