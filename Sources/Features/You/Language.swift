import Kit

/// Languages by name and BCP 47 tag.
enum Language {
  private static let names: [(tag: String, name: String)] = [
    ("ar", "Arabic"), ("bg", "Bulgarian"), ("bn", "Bengali"), ("ca", "Catalan"), ("cs", "Czech"), ("da", "Danish"), ("de", "German"),
    ("el", "Greek"), ("en", "English"), ("es", "Spanish"), ("et", "Estonian"), ("fa", "Persian"), ("fi", "Finnish"), ("fr", "French"),
    ("ga", "Irish"), ("he", "Hebrew"), ("hi", "Hindi"), ("hr", "Croatian"), ("hu", "Hungarian"), ("id", "Indonesian"), ("is", "Icelandic"),
    ("it", "Italian"), ("ja", "Japanese"), ("ko", "Korean"), ("lt", "Lithuanian"), ("lv", "Latvian"), ("ms", "Malay"), ("mt", "Maltese"),
    ("nl", "Dutch"), ("no", "Norwegian"), ("pl", "Polish"), ("pt", "Portuguese"), ("ro", "Romanian"), ("ru", "Russian"), ("sk", "Slovak"),
    ("sl", "Slovenian"), ("sq", "Albanian"), ("sr", "Serbian"), ("sv", "Swedish"), ("sw", "Swahili"), ("ta", "Tamil"), ("te", "Telugu"),
    ("th", "Thai"), ("tr", "Turkish"), ("uk", "Ukrainian"), ("ur", "Urdu"), ("vi", "Vietnamese"), ("zh", "Chinese"),
  ]

  /// The English name of a tag, or the tag itself.
  static func name(_ tag: String) -> String { names.first { $0.tag == tag }?.name ?? tag }

  /// The tag of what somebody typed: a name or a tag.
  static func tag(_ text: String) -> String? {
    let typed = text.trimmed.lowercased()
    if let known = names.first(where: { $0.tag == typed || $0.name.lowercased() == typed }) { return known.tag }
    // A tag of a language that has no name here, or of a region: `pt-br`.
    return typed.wholeMatch(of: /[a-z]{2,3}(-[a-z0-9]{2,8}){0,2}/) == nil || typed.count > 12 || typed.count > 3 && !typed.contains("-")
      ? nil : typed
  }

  /// Tags in the order typed, each once.
  static func tags(_ texts: [String], field: String) throws(Problem) -> [String] {
    var tags: [String] = []
    for text in texts.flatMap({ $0.split(separator: ",").map(\.trimmed) }) where !text.isEmpty {
      guard let tag = Language.tag(text) else {
        throw .invalid(field, "“\(text.shortened(to: 40))” is no language known here. Write English, or en.")
      }
      if !tags.contains(tag) { tags.append(tag) }
    }
    if tags.isEmpty { throw .invalid(field, "Name at least one language, such as English.") }
    if tags.count > 8 { throw .invalid(field, "Eight languages are the most.") }
    return tags
  }
}
