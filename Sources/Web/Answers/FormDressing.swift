import Kit

/// Prepares the forms inside a page's value for their partial: a flag per kind, ids for labels, and after a refusal the values typed
/// with the message beside each field.
struct FormDressing {
  let typed: Value?
  let messages: [String: String]
  /// Path of the act that was refused: only its form is changed.
  let action: String?

  func dress(_ value: Value) -> Value {
    switch value {
    case .array(let items): return .array(items.map(dress))
    case .object(let fields):
      if fields["fields"] != nil, let action = fields["action"]?.text { return .object(form(fields, action: action)) }
      var dressed = fields
      for place in dressed.fields.indices { dressed.fields[place].value = dress(dressed.fields[place].value) }
      return .object(dressed)
    default: return value
    }
  }

  private func form(_ form: Value.Fields, action: String) -> Value.Fields {
    var form = form
    let isRefused = action == self.action
    let id = form["id"]?.text ?? "form"
    form["fields"] = .array((form["fields"]?.items ?? []).map { field($0, form: id, isRefused: isRefused) })
    return form
  }

  private func field(_ value: Value, form: String, isRefused: Bool) -> Value {
    guard case .object(var field) = value, let name = field["name"]?.text, let kind = field["kind"]?.text else { return value }
    let id = FormDressing.fieldID(name, form: form)
    field["id"] = .string(id)
    field["is_\(kind)"] = true
    if kind == "chipset" {
      field["is_chips"] = true
      field["is_checks"] = true
    }
    if isRefused {
      if let message = messages[name] ?? messages.first(where: { $0.key.hasPrefix(name + ".") })?.value {
        field["error"] = .string(message)
      }
      if let text = shownAgain(name, kind, field) {
        field["value"] = .string(text)
        // What was typed stays, also where it is the very zone in whose place a script would put the browser's.
        if !text.isEmpty { field["zone_field"] = nil }
      }
      if kind == "checkbox" { field["checked"] = .bool(typedText(name).map { !$0.isEmpty } ?? false) }
    }
    field["chosen"] = field["checked"]
    field["multiple"] = field["combo"]?["multiple"]
    if case .array(let options)? = field["options"] {
      let chosen = isRefused ? typedTexts(name) : nil
      field["options"] = .array(
        options.enumerated().map { place, option in dress(option, id: "\(id)-\(place)", name: name, chosen: chosen) })
    }
    return .object(field)
  }

  /// What was typed, where the field shows it again. The version of a form is the page's, so that the next try can succeed; what was
  /// chosen in a combo is the page's too, and its text field holds only what was typed beside it, unless there are boxes that mean it.
  private func shownAgain(_ name: String, _ kind: String, _ field: Value.Fields) -> String? {
    if field["type"]?.text == "password" || kind == "checkbox" || kind == "file" || name == "version" { return nil }
    if kind == "combo", field["combo"]?["near"]?.items.isEmpty == false { return "" }
    if kind == "combo" { return typedTexts(name).first { ID<Organisation>($0) == nil } ?? "" }
    return typedText(name)
  }

  /// The id of a field: its name, with the form's before it where a page has several forms.
  static func fieldID(_ name: String, form: String) -> String {
    let own = name.replacing(".", with: "-")
    return form == "form" ? own : "\(form)-\(own)"
  }

  /// The messages, for the summary on top.
  func summary(of page: Value) -> ErrorSummary { ErrorSummary(page: page, messages: messages, action: action) }

  private func dress(_ option: Value, id: String, name: String, chosen: [String]?) -> Value {
    guard case .object(var fields) = option else { return option }
    fields["id"] = .string(id)
    fields["name"] = .string(name)
    if let chosen { fields["chosen"] = .bool(chosen.contains(fields["value"]?.text ?? "")) }
    return .object(fields)
  }

  private func typedText(_ name: String) -> String? { typedTexts(name).first ?? (typed == nil ? nil : "") }

  private func typedTexts(_ name: String) -> [String] {
    var value = typed
    for part in name.split(separator: ".") {
      if let place = Int(part) {
        let items = value?.items ?? []
        value = items.indices.contains(place) ? items[place] : nil
      } else {
        value = value?[String(part)]
      }
    }
    guard let value else { return [] }
    switch value {
    case .array(let items): return items.map(\.plainText)
    case .null, .object: return []
    default: return [value.plainText]
    }
  }
}
