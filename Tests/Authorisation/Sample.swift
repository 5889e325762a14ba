import Foundation
import Web

/// A body that a schema takes, made from the schema alone: enough to get past the check of the input to the question who may.
struct Sample {
  /// Values by field name where the shape does not tell what is sensible.
  let named: [String: String]

  func body(_ endpoint: Endpoint) -> String {
    let inPath = Set(endpoint.parameters)
    let fields = endpoint.input.properties.filter { $0.isRequired && !inPath.contains($0.name) }.map { property in
      "\"\(property.name)\":\(value(property.schema, property.name))"
    }
    return "{" + fields.joined(separator: ",") + "}"
  }

  /// The same as a form: lists and objects do not occur in what our forms require.
  func form(_ endpoint: Endpoint) -> String {
    let inPath = Set(endpoint.parameters)
    return endpoint.input.properties.filter { $0.isRequired && !inPath.contains($0.name) }.flatMap { property in
      plain(property.schema, property.name).map { "\(property.name)=\(escape($0))" }
    }.joined(separator: "&")
  }

  private func plain(_ schema: Schema, _ name: String) -> [String] {
    if case .list(let inner, let rule) = schema { return (0..<max(rule.least ?? 0, 0)).flatMap { _ in plain(inner, name) } }
    let text = value(schema, name)
    return [text.hasPrefix("\"") ? String(text.dropFirst().dropLast()) : text]
  }

  private func value(_ schema: Schema, _ name: String) -> String {
    if let given = named[name] { return isText(schema) ? "\"\(given)\"" : given }
    switch schema {
    case .text(let rule): return "\"\(rule.options.first ?? text(rule))\""
    case .integer(let rule), .number(let rule): return rule.options.first ?? "\(rule.least ?? 1)"
    case .boolean: return "true"
    case .format(_, let example): return "\"\(example)\""
    case .choice(let options): return "\"\(options.first ?? "")\""
    case .upload: return "null"
    case .any: return "null"
    case .list(let inner, let rule): return "[" + (0..<(rule.least ?? 0)).map { _ in value(inner, name) }.joined(separator: ",") + "]"
    case .object(_, let properties):
      return "{" + properties.filter(\.isRequired).map { "\"\($0.name)\":\(value($0.schema, $0.name))" }.joined(separator: ",") + "}"
    case .dictionary: return "{}"
    }
  }

  private func isText(_ schema: Schema) -> Bool {
    switch schema {
    case .text, .format, .choice: true
    default: false
    }
  }

  private func text(_ rule: Rule) -> String {
    switch rule.format {
    case .email: return "somebody@north.example"
    case .date: return "2026-12-01"
    case .time: return "09:00"
    case .zone: return "Europe/Berlin"
    case .url: return "https://example.org/room"
    case .color: return "#0F6B63"
    case nil: return String("How do I say no to more work without harm to the team".prefix(max(rule.least ?? 1, min(rule.most ?? 50, 50))))
    }
  }

  private func escape(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "" }
}
