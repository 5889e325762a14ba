import Testing

@testable import Web

@Suite("The summary of what was wrong with a form")
struct ErrorSummaryTests {
  private func form(_ action: String, id: String, _ fields: [(String, String)]) -> Value {
    [
      "action": .string(action), "id": .string(id),
      "fields": .array(fields.map { ["name": .string($0.0), "label": .string($0.1), "kind": "text"] }),
    ]
  }

  @Test("each line names its field, in the order of the page and not of the alphabet")
  func order() {
    let page: Value = [
      "other": form("/b", id: "b", [("zone", "Elsewhere")]), "form": form("/a", id: "form", [("title", "What"), ("by", "By when")]),
    ]
    let summary = ErrorSummary(page: page, messages: ["by": "Give a date.", "title": "Fill this in."], action: "/a")
    #expect(
      summary.lines == [
        .init(id: "title", label: "What", message: "Fill this in."), .init(id: "by", label: "By when", message: "Give a date."),
      ])
  }

  @Test("a form drawn in several parts is one form, and its id stands before the id of each field")
  func parts() {
    let page: Value = ["rows": [form("/a", id: "wrap", [("insight", "Insight")]), form("/a", id: "wrap", [("actions.0.text", "I will")])]]
    let summary = ErrorSummary(page: page, messages: ["actions.0.text": "At most 200.", "insight": "Fill this in."], action: "/a")
    #expect(summary.lines.map(\.id) == ["wrap-insight", "wrap-actions-0-text"])
  }

  @Test("a part of a field is called as the field; what no field is for comes last, without a name")
  func strangers() {
    let page: Value = form("/a", id: "form", [("skills", "Skills")])
    let summary = ErrorSummary(page: page, messages: ["": "Not now.", "skills.0": "Choose from the list."], action: "/a")
    #expect(summary.lines.map(\.label) == ["Skills", nil])
    #expect(summary.lines.map(\.id) == ["skills-0", ""])
  }
}
