import Foundation
import Kit
import Outside

/// Holds a value against a schema and reports every field that does not keep it, in words.
struct InputCheck {
  let isForm: Bool
  /// A query of the API: an empty text is no way to leave a value out, and a boolean is `true` or `false`.
  let isQuery: Bool
  private(set) var messages: [String: String] = [:]
  /// Fields that break the description of the API, and not only a rule that it cannot state.
  private(set) var ofSchema: Set<String> = []

  init(isForm: Bool, isQuery: Bool = false) {
    self.isForm = isForm
    self.isQuery = isQuery
  }

  static func check(_ value: Value, _ schema: Schema, isForm: Bool, isQuery: Bool = false) throws(Problem) {
    var check = InputCheck(isForm: isForm, isQuery: isQuery)
    check.visit(value, schema)
    if !check.messages.isEmpty { throw .invalid(check.messages) }
  }

  mutating func visit(_ value: Value, _ schema: Schema) { visit(value, schema, "", required: true) }

  /// Most faults told of one input.
  private static let most = 100

  private mutating func note(_ path: String, _ message: String, isRule: Bool = false) {
    guard messages.count < InputCheck.most else { return }
    if messages[path] == nil { messages[path] = message }
    if !isRule { ofSchema.insert(path) }
  }

  private func joined(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  private mutating func visit(_ value: Value, _ schema: Schema, _ path: String, required: Bool) {
    if isQuery, value == .string(""), !schema.takesNothing { return note(path, "Leave it out, or fill it in.") }
    if isAbsent(value) {
      guard required, !(isForm && schema.mayBeAbsentInForm) else { return }
      // An empty text is a text where the rule allows none.
      if case .text(let rule) = schema, value == .string(""), rule.options.isEmpty, (rule.least ?? 0) == 0 { return }
      return note(path, schema.isChosen ? "Choose one." : "Fill this in.")
    }
    switch schema {
    case .any: return
    case .boolean:
      if case .bool = value { return }
      if !isForm || isQuery && !["true", "false"].contains(value.text) { note(path, "Give true or false.") }
    case .text(let rule): text(value, rule, path)
    case .integer(let rule): integer(value, rule, path)
    case .number(let rule): number(value, rule, path)
    case .choice(let options): choice(value, options, path)
    case .format(let name, _): format(value, name, path)
    case .upload: if value["bytes"] == nil { note(path, "Choose a file.") }
    case .list(let inner, let rule): list(value, inner, rule, path)
    case .dictionary(let inner):
      guard case .object(let fields) = value else { return note(path, "Give an object.") }
      for field in fields.fields { visit(field.value, inner, joined(path, field.name), required: true) }
    case .object(_, let properties): object(value, properties, path)
    }
  }

  private func isAbsent(_ value: Value) -> Bool { value == .null || isForm && value == .string("") }

  private mutating func object(_ value: Value, _ properties: [Schema.Property], _ path: String) {
    guard case .object(let fields) = value else { return note(path, "Give an object.") }
    for field in fields.fields where !properties.contains(where: { $0.name == field.name }) {
      note(joined(path, field.name.shortened(to: 80)), "This field is not known.")
    }
    for property in properties {
      visit(fields[property.name] ?? .null, property.schema, joined(path, property.name), required: property.isRequired)
    }
  }

  private mutating func list(_ value: Value, _ inner: Schema, _ rule: Rule, _ path: String) {
    var items = value.items
    if isForm, case .string = value { items = [value] } else if case .array = value {} else { return note(path, "Give a list.") }
    if let most = rule.most, items.count > most { return note(path, "At most \(counted(most, "entry", "entries")).") }
    if items.count > 10_000 { return note(path, "At most 10000 entries.") }
    if let least = rule.least, items.count < least { return note(path, "At least \(counted(least, "entry", "entries")).") }
    for (place, item) in items.enumerated() { visit(item, inner, joined(path, "\(place)"), required: true) }
  }

  private mutating func text(_ value: Value, _ rule: Rule, _ path: String) {
    guard let text = value.text else { return note(path, "Give a text.") }
    if text.unicodeScalars.contains("\0") { return note(path, "This text holds a character that cannot be kept.") }
    let length = text.unicodeScalars.count
    if let most = rule.most, length > most { return note(path, "Use at most \(most) characters; these are \(length).") }
    if length > 100_000 { return note(path, "Use at most 100000 characters.") }
    if let least = rule.least, text.trimmed.unicodeScalars.count < least {
      // The description counts blanks at the ends as well.
      return note(path, text.trimmed.isEmpty ? "Fill this in." : "Use at least \(least) characters.", isRule: length >= least)
    }
    guard let format = rule.format, let message = fault(in: text, format) else { return }
    // A day of the calendar, a zone of the list: more than the description can say. The others are patterns in it.
    note(path, message, isRule: format.pattern == nil)
  }

  private func fault(in text: String, _ format: Rule.Format) -> String? {
    switch format {
    case .email: (try? EmailAddress(text.trimmed)) == nil ? "Enter an address such as ann@example.org." : nil
    case .date: Instant(text + "T00:00:00Z") == nil ? "Enter a date such as 2026-11-23." : nil
    case .time:
      text.wholeMatch(of: /([01]?[0-9]|2[0-4]):[0-5][0-9]/) == nil ? "Enter a time such as 09:30." : nil
    case .zone: TimeZone(identifier: text) == nil || !text.contains("/") && text != "UTC" ? "Choose a zone such as Europe/Berlin." : nil
    case .url:
      URL(string: text).map { ["https", "http"].contains($0.scheme ?? "") && $0.host?.isEmpty == false } == true
        ? nil : "Enter an address such as https://example.org/room."
    case .color: text.wholeMatch(of: /#[0-9A-Fa-f]{6}/) == nil ? "Enter a colour such as #0F6B63." : nil
    }
  }

  private mutating func integer(_ value: Value, _ rule: Rule, _ path: String) {
    let read: Int64? =
      switch value {
      case .integer(let value): value
      // Beyond 64 bits a number was read as the nearest real, which may be the bound itself.
      case .real(let value) where abs(value) < 0x1p63: Int64(exactly: value)
      case .string(let text) where isForm: Int64(text.trimmed)
      default: nil
      }
    guard let read else { return note(path, "Give a whole number.") }
    if !rule.options.isEmpty, !rule.options.contains(String(read)) { return note(path, "Choose one of \(listed(rule.options)).") }
    bounds(Double(read), rule, path)
  }

  private mutating func number(_ value: Value, _ rule: Rule, _ path: String) {
    let read: Double? =
      switch value {
      case .integer(let value): Double(value)
      case .real(let value): value
      case .string(let text) where isForm: Double(text.trimmed)
      default: nil
      }
    guard let read, read.isFinite else { return note(path, "Give a number.") }
    bounds(read, rule, path)
  }

  private mutating func bounds(_ value: Double, _ rule: Rule, _ path: String) {
    if let least = rule.least, value < Double(least) { return note(path, "Give at least \(least).") }
    if let most = rule.most, value > Double(most) { return note(path, "Give at most \(most).") }
  }

  private mutating func choice(_ value: Value, _ options: [String], _ path: String) {
    let name = value.text ?? { if case .integer(let number) = value { String(number) } else { nil } }()
    guard let name, options.contains(name) else { return note(path, "Choose one of the values offered.") }
  }

  private mutating func format(_ value: Value, _ name: String, _ path: String) {
    guard let text = value.text else { return note(path, "Give a text.") }
    switch name {
    // A malformed id answers like an unknown one, so it is no fault of form.
    case "date-time":
      guard Instant(text) == nil else { return }
      // A well-formed time of a year far away is no fault of form.
      let isRule = text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})/) != nil
      note(path, "Give a time such as 2026-11-23T08:00:00Z.", isRule: isRule)
    default: break
    }
  }
}

extension Schema {
  fileprivate var mayBeAbsentInForm: Bool {
    switch self {
    case .boolean: true
    case .list(_, let rule): (rule.least ?? 0) == 0
    default: false
    }
  }

  /// Whether an empty text in a query stands for itself.
  fileprivate var takesNothing: Bool {
    switch self {
    case .any, .list: true
    case .text(let rule): (rule.least ?? 0) == 0 && rule.options.isEmpty && rule.format == nil
    default: false
    }
  }

  fileprivate var isChosen: Bool {
    switch self {
    case .choice: true
    case .text(let rule), .integer(let rule): !rule.options.isEmpty
    default: false
    }
  }
}
