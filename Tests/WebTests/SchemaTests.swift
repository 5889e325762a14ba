import Kit
import Testing

@testable import Web

private enum Mood: String, Choice { case calm, busy }

private struct Inner: Codable, Sendable {
  var text: String
  var dueOn: String?
}

private struct Sample: Input, Codable {
  var ask: ID<Activity>
  var question: String
  var mood: Mood
  var minutes: Int
  var wanted: Bool
  var tags: [String]
  var actions: [Inner]?
  var startsAt: Instant?
  var days: [Int]?

  static let rules: [String: Rule] = [
    "question": .text(3...10), "minutes": .one(of: [15, 30]), "tags": .list(0...2), "actions.due_on": .date,
    "days": .list(0...3, of: .number(1...7)),
  ]
}

@Suite("Shapes are read off types, and values held against them")
struct SchemaTests {
  private let schema = Schema.of(Sample.self, rules: Sample.rules)

  private func property(_ name: String) -> Schema.Property? { schema.properties.first { $0.name == name } }

  @Test("names are in snake_case, and only what has no optional is required")
  func properties() {
    #expect(schema.properties.map(\.name) == ["ask", "question", "mood", "minutes", "wanted", "tags", "actions", "starts_at", "days"])
    #expect(schema.properties.filter(\.isRequired).map(\.name) == ["ask", "question", "mood", "minutes", "wanted", "tags"])
    #expect(property("mood")?.schema == .choice(["calm", "busy"]))
    #expect(property("question")?.schema == .text(.text(3...10)))
  }

  private func faults(_ value: Value, isForm: Bool = false) -> [String: String] {
    do {
      try InputCheck.check(value, schema, isForm: isForm)
      return [:]
    } catch {
      if case .invalid(let messages) = error { return messages }
      return ["": "\(error)"]
    }
  }

  private var right: Value {
    [
      "ask": "0000000000000", "question": "How so?", "mood": "calm", "minutes": 30, "wanted": true, "tags": ["a"],
      "actions": [["text": "x"]],
    ]
  }

  @Test("a right value passes and decodes")
  func passes() throws {
    #expect(faults(right) == [:])
    let sample = try ValueDecoder.decode(Sample.self, from: right, isForm: false)
    #expect(sample.minutes == 30 && sample.mood == .calm && sample.actions?.first?.text == "x")
  }

  @Test("S3 every fault is reported at once, each at its field")
  func allFaults() {
    let value: Value = [
      "question": "?", "mood": "angry", "minutes": 20, "wanted": "yes", "tags": ["a", "b", "c"],
      "actions": [["text": "x", "due_on": "soon"]],
      "role": "admin",
    ]
    #expect(
      Set(faults(value).keys) == ["ask", "question", "mood", "minutes", "wanted", "tags", "actions.0.due_on", "role"])
  }

  @Test("entries of a list keep bounds of their own, and a number beyond 64 bits is not rounded to one within")
  func entries() throws {
    func messages(_ text: String, _ schema: Schema) throws -> [String: String] {
      var check = InputCheck(isForm: false, isQuery: false)
      check.visit(try JSONReader.read(Array(text.utf8)), schema)
      return check.messages
    }
    let days = try #require(property("days")?.schema)
    try #expect(messages("[1, 7]", days) == [:])
    try #expect(messages("[1, 0, 8]", days) == ["1": "Give at least 1.", "2": "Give at most 7."])
    try #expect(messages("[1, 2, 3, 4]", days) == ["": "At most 3 entries."])
    try #expect(messages("[-9223372036854775808, 9223372036854775807]", .list(.integer(Rule()), Rule())) == [:])
    for text in ["-9223372036854775809", "9223372036854775808", "-1e30"] {
      try #expect(messages(text, .integer(Rule())) == ["": "Give a whole number."])
    }
  }

  @Test("a form's texts are read as what the field asks for; unticked boxes and empty lists may be absent")
  func forms() throws {
    let form: Value = ["ask": "0000000000000", "question": "How so?", "mood": "busy", "minutes": "15"]
    #expect(faults(form, isForm: true) == [:])
    let sample = try ValueDecoder.decode(Sample.self, from: form, isForm: true)
    #expect(sample.minutes == 15 && !sample.wanted && sample.tags.isEmpty)
    #expect(faults(form).keys.sorted() == ["minutes", "tags", "wanted"])
  }

  @Test("an output is encoded with the names of its shape, absent optionals left out")
  func encoding() throws {
    let sample = try ValueDecoder.decode(Sample.self, from: right, isForm: false)
    let value = try ValueEncoder.encode(sample)
    #expect(value["starts_at"] == nil)
    #expect(value["question"] == "How so?")
    #expect(value["ask"] == "0000000000000")
    try #expect(JSONReader.read(JSONWriter.bytes(value)) == value)
  }
}
