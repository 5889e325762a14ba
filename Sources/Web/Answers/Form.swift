import Kit

/// A form as data: one partial draws all of them, with labels, help, errors and the values typed.
public struct Form: Output {
  public var id: String
  public var action: String
  public var method = "post"
  public var button: String
  public var fields: [Field]
  public var danger: Bool?
  /// Whether the form carries files.
  public var multipart: Bool?
  /// Whether our script may send it and show the answer in place; without scripts it is sent as ever.
  public var enhance = true
  /// What a dialog asks before an act that cannot be undone; it states the effect in numbers.
  public var confirm: String?
  /// What the button says while the form is on its way.
  public var busy: String?
  public var quiet: Bool?
  /// A way out beside the button.
  public var cancel: Link?

  public init(
    _ action: String, button: String, id: String = "form", danger: Bool? = nil, multipart: Bool? = nil, cancel: Link? = nil,
    _ fields: [Field]
  ) {
    self.action = action
    self.button = button
    self.id = id
    self.danger = danger
    self.multipart = multipart
    self.cancel = cancel
    self.fields = fields
  }

  /// A form that chooses what a page shows: each field may stay empty.
  public static func filter(_ action: String, button: String, _ fields: [Field]) -> Form {
    var form = Form(
      action, button: button,
      fields.map { field in
        var field = field
        field.isFilter = true
        return field
      })
    form.method = "get"
    return form
  }

  public struct Link: Output {
    public var label: String
    public var href: String
    public init(_ label: String, _ href: String) {
      self.label = label
      self.href = href
    }
  }

  public struct Option: Output {
    public var value: String
    public var label: String
    public var help: String?
    public var chosen: Bool
    public init(_ value: String, _ label: String, help: String? = nil, chosen: Bool = false) {
      self.value = value
      self.label = label
      self.help = help
      self.chosen = chosen
    }
  }

  public struct Combo: Output {
    public struct Choice: Output {
      public var id: String
      public var label: String
      public init(_ id: String, _ label: String) {
        self.id = id
        self.label = label
      }
    }
    public var url: String
    public var multiple: Bool
    public var chosen: [Choice]
    /// What words that were refused may have meant, as boxes to tick.
    public var near: [Choice]
    public init(_ url: String, multiple: Bool = false, chosen: [Choice] = [], near: [Choice] = []) {
      self.url = url
      self.multiple = multiple
      self.chosen = chosen
      self.near = near
    }
  }

  public struct Field: Output {
    public enum Kind: String, Web.Choice {
      case text, area, select, radio, chips, checks, checkbox, hidden, combo, file, stepper
      /// Chips of which several may be chosen.
      case chipset
    }

    public var name: String
    public var label: String
    public var kind: Kind
    public var value: String?
    public var help: String?
    public var error: String?
    public var optional: Bool?
    /// Whether it is one of a filter, which asks for nothing.
    public var isFilter: Bool?
    public var type: String?
    public var inputmode: String?
    public var autocomplete: String?
    public var placeholder: String?
    public var rows: Int?
    public var min: Int?
    public var max: Int?
    public var step: Int?
    public var maxLength: Int?
    /// Content types that a file field offers.
    public var accept: String?
    /// The zone that stands for "not chosen yet": a script puts the browser's own in its place.
    public var zoneField: String?
    public var checked: Bool?
    public var options: [Option]?
    public var combo: Combo?

    public init(_ name: String, _ label: String, _ kind: Kind, value: String? = nil) {
      self.name = name
      self.label = label
      self.kind = kind
      self.value = value
    }

    public static func text(
      _ name: String, _ label: String, value: String? = nil, help: String? = nil, type: String = "text", autocomplete: String? = nil,
      inputmode: String? = nil, placeholder: String? = nil, optional: Bool? = nil, max: Int? = nil
    ) -> Field {
      var field = Field(name, label, .text, value: value)
      field.type = type
      field.help = help
      field.autocomplete = autocomplete
      field.inputmode = inputmode
      field.placeholder = placeholder
      field.optional = optional
      field.maxLength = max
      return field
    }

    public static func area(
      _ name: String, _ label: String, value: String? = nil, help: String? = nil, rows: Int = 4, optional: Bool? = nil, max: Int? = nil,
      placeholder: String? = nil
    ) -> Field {
      var field = Field(name, label, .area, value: value)
      field.help = help
      field.rows = rows
      field.optional = optional
      field.maxLength = max
      field.placeholder = placeholder
      return field
    }

    public static func choose(
      _ kind: Kind, _ name: String, _ label: String, _ options: [Option], help: String? = nil, optional: Bool? = nil
    ) -> Field {
      var field = Field(name, label, kind)
      field.options = options
      field.help = help
      field.optional = optional
      return field
    }

    public static func checkbox(_ name: String, _ label: String, checked: Bool = false, help: String? = nil) -> Field {
      var field = Field(name, label, .checkbox, value: "true")
      field.checked = checked
      field.help = help
      return field
    }

    public static func hidden(_ name: String, _ value: String) -> Field { Field(name, "", .hidden, value: value) }

    public static func stepper(_ name: String, _ label: String, value: Int, _ range: ClosedRange<Int>, help: String? = nil) -> Field {
      var field = Field(name, label, .stepper, value: "\(value)")
      field.min = range.lowerBound
      field.max = range.upperBound
      field.step = 1
      field.help = help
      return field
    }

    public static func combo(_ name: String, _ label: String, _ combo: Combo, help: String? = nil, optional: Bool? = nil) -> Field {
      var field = Field(name, label, .combo)
      field.combo = combo
      field.help = help
      field.optional = optional
      return field
    }

    public static func file(_ name: String, _ label: String, help: String? = nil, optional: Bool? = nil) -> Field {
      var field = Field(name, label, .file)
      field.help = help
      field.optional = optional
      return field
    }
  }
}
