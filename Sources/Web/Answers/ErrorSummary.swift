/// What was wrong with a form, in the order of its fields, each with the words beside its field and the id to go to.
struct ErrorSummary {
  struct Line: Equatable {
    /// Id of the field; empty for what concerns the whole form.
    let id: String
    /// What the field is called on the page; nil where no field has the name.
    let label: String?
    let message: String
  }

  let lines: [Line]

  /// - Parameters:
  ///   - page: the value of the page, before or after dressing.
  ///   - messages: by name of the field; a part of a field is named `field.part`.
  ///   - action: path of the act that was refused. A page may draw one form in several parts.
  init(page: Value, messages: [String: String], action: String?) {
    var fields: [(name: String, label: String?, form: String)] = []
    if let action { ErrorSummary.collect(page, action, &fields) }
    let form = fields.first?.form ?? "form"
    let found = messages.map { name, message in
      let place = fields.firstIndex { $0.name == name } ?? fields.firstIndex { name.hasPrefix($0.name + ".") }
      let field = place.map { fields[$0] }
      let line = Line(
        id: name.isEmpty ? "" : FormDressing.fieldID(name, form: field?.form ?? form), label: field?.label, message: message)
      return (place: place ?? fields.count, name: name, line: line)
    }
    lines = found.sorted { ($0.place, $0.name) < ($1.place, $1.name) }.map(\.line)
  }

  private static func collect(_ value: Value, _ action: String, _ found: inout [(name: String, label: String?, form: String)]) {
    switch value {
    case .array(let items): for item in items { collect(item, action, &found) }
    case .object(let fields):
      if let own = fields["fields"]?.items, fields["action"]?.text == action {
        let form = fields["id"]?.text ?? "form"
        for field in own {
          guard let name = field["name"]?.text, field["kind"]?.text != "hidden" else { continue }
          found.append((name, field["label"]?.text, form))
        }
        return
      }
      for field in fields.fields { collect(field.value, action, &found) }
    default: break
    }
  }
}
