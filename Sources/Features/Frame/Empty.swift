import Web

/// A page or part with nothing in it yet: what would be here, and how to begin.
struct Empty: Output {
  enum Drawing: String {
    case calm, people, lessons, goals, search
  }

  struct Button: Output {
    var label: String
    var href: String
  }

  var title: String
  var text: String?
  /// Path of the drawing.
  var drawing: String?
  var button: Button?

  init(title: String, text: String? = nil, drawing: Drawing? = nil, _ label: String? = nil, _ href: String? = nil) {
    self.title = title
    self.text = text
    self.drawing = drawing.map { "/assets/empty-\($0.rawValue).svg" }
    if let label, let href { button = Button(label: label, href: href) }
  }
}
