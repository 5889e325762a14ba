import Kit
import Testing

@testable import Web

private struct Given: Input, Codable {
  struct Inner: Codable, Sendable { var text: String }

  var id: ID<Activity>
  var words: String
  var at: String?
  var parts: [Inner]?
  static let rules: [String: Rule] = ["words": .text(3...10), "at": .time]
}

@Suite("The description of the API says what is enforced")
struct DescriptionTests {
  private func endpoint(_ method: Endpoint.Method, repeats: Bool = false) -> Endpoint {
    Endpoint(method, "/things/:id", allow: .member, "Do", input: .of(Given.self, rules: Given.rules), output: nil) { _ in
      .bytes([], "text/plain")
    }.with { $0.knowsRepetition = repeats }
  }

  private func operation(_ endpoint: Endpoint) -> Value {
    let document = OpenAPI.document([endpoint], version: "1", baseURL: "")
    return document["paths"]?["/things/{id}"]?[endpoint.method.rawValue.lowercased()] ?? .null
  }

  @Test("a body has no other names, and null stands for what may be left out")
  func body() {
    let schema = operation(endpoint(.post))["requestBody"]?["content"]?["application/json"]?["schema"]
    #expect(schema?["additionalProperties"] == false)
    #expect(schema?["properties"]?["words"] == ["type": "string", "minLength": 3, "maxLength": 10])
    #expect(schema?["properties"]?["at"]?["anyOf"]?.items.last == ["type": "null"])
    #expect(schema?["properties"]?["at"]?["anyOf"]?.items.first?["pattern"] == "^([01]?[0-9]|2[0-4]):[0-5][0-9]$")
    let inner = schema?["properties"]?["parts"]?["anyOf"]?.items.first?["items"]
    #expect(inner?["additionalProperties"] == false)
  }

  @Test("the key of a repetition is named only where it has an effect")
  func key() {
    let names = { (endpoint: Endpoint) in operation(endpoint)["parameters"]?.items.compactMap { $0["name"]?.text } }
    #expect(names(endpoint(.post)) == ["id"])
    #expect(names(endpoint(.post, repeats: true)) == ["id", "Idempotency-Key"])
  }

  private func faults(_ value: Value, isQuery: Bool = false) -> (of: Set<String>, all: Set<String>) {
    var check = InputCheck(isForm: isQuery, isQuery: isQuery)
    check.visit(value, .of(Given.self, rules: Given.rules))
    return (check.ofSchema, Set(check.messages.keys))
  }

  @Test("what breaks the description is told from what breaks a rule it cannot state")
  func kinds() {
    let id: Value = "0000000000000"
    #expect(faults(["id": id, "words": "no", "at": "25:00"]).of == ["words", "at"])
    // Three characters to the description, one to people.
    let blank = faults(["id": id, "words": "  x"])
    #expect(blank.of == [] && blank.all == ["words"])
    #expect(faults(["id": id, "words": "fine", "more": 1]).of == ["more"])
  }

  @Test("an empty text in a query of the API is no way to leave a value out")
  func empty() {
    #expect(faults(["id": "0000000000000", "words": "fine", "at": ""], isQuery: true).of == ["at"])
    #expect(faults(["id": "", "words": "fine"], isQuery: true).of == ["id"])
  }
}
