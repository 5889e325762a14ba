import Kit

/// The frame of a page: who is signed in, navigation, what is said once, addresses of style and scripts.
struct Shell {
  let value: Value
  let usedFlash: Bool

  init(site: Site, viewer: Viewer?, asked: Dispatcher.Asked, errors: [ErrorSummary.Line]) {
    let flash = asked.cookies[Flash.cookieName].flatMap { Flash.read($0, key: site.keys.key(for: "flash")) }
    usedFlash = flash != nil
    var fields: Value.Fields = [
      "path": .string(asked.path), "css": .string(site.assets.path("tandem.css")), "enhance": .string(site.assets.path("enhance.js")),
      "combo": .string(site.assets.path("combo.js")), "review": .string(site.assets.path("review.js")),
      "push": .string(site.assets.path("push.js")), "live": .string(site.assets.path("live.js")),
      "week": .string(site.assets.path("week.js")), "weights": .string(site.assets.path("weights.js")),
      "icons": .string(site.assets.path("icons.svg")),
      "favicon": .string(site.assets.path("favicon.svg")), "manifest": .string(site.assets.path("manifest.webmanifest")),
      "request_id": .string(asked.requestID), "help_href": "/help",
      "theme": .string(viewer?.theme ?? "system"), "signed_in": .bool(viewer != nil),
    ]
    if !errors.isEmpty {
      fields["errors"] = .array(
        errors.map { ["field": .string($0.id), "label": $0.label.map(Value.string) ?? .null, "message": .string($0.message)] })
    }
    if let flash, let text = flash.text {
      var said: Value.Fields = ["text": .string(text)]
      if let undo = flash.undo { said["undo"] = ["action": .string(undo.action), "label": .string(undo.label)] }
      fields["flash"] = .object(said)
    }
    if let viewer {
      fields["looks_around"] = .bool(asked.cookies[LookingAround.cookie] != nil)
      // Strangers are not told what they could look up weaknesses for.
      fields["version"] = .string(site.settings.version)
      fields["org_name"] = .string(viewer.orgName)
      fields["viewer"] = .object([
        "id": .string(viewer.person.description), "name": .string(viewer.name),
        "first_name": .string(String(viewer.name.prefix { $0 != " " })),
        "initials": .string(Avatar.initials(viewer.name)), "ground": .integer(Int64(Avatar.ground(viewer.person))),
        "zone": .string(viewer.zone),
      ])
      fields["form_key"] = .string(site.world.bytes(16).base64URL)
      let items = site.navigation(viewer)
      fields["nav"] = .array(items.filter { !$0.isMore }.map { Shell.entry($0, asked.path) })
      if let item = items.first(where: { $0.sections.contains { $0.href == asked.path } }) {
        fields["sections"] = Shell.tabs(item, asked.path)
      }
      fields["more_nav"] = .array(items.filter(\.isMore).map { Shell.entry($0, asked.path) })
    } else {
      fields["org_name"] = "Tandem"
      fields["form_key"] = .string(site.world.bytes(16).base64URL)
    }
    value = .object(fields)
  }

  private static func tabs(_ item: NavigationItem, _ path: String) -> Value {
    [
      "label": .string("In \(item.label)"),
      "tabs": .array(item.sections.map { ["label": .string($0.label), "href": .string($0.href), "current": .bool($0.href == path)] }),
    ]
  }

  private static func entry(_ item: NavigationItem, _ path: String) -> Value {
    let first = path.split(separator: "/").first.map(String.init) ?? ""
    let isCurrent = item.href == "/" + first || item.covers.contains(first)
    return ["label": .string(item.label), "href": .string(item.href), "icon": .string(item.icon), "current": .bool(isCurrent)]
  }
}

/// Somebody who is not at home: an administrator who looks around in a demo as one of its people.
public enum LookingAround {
  /// Holds the way home; while it is there each page says so.
  public static let cookie = "tandem-home"
}

/// A face of letters: initials on one of six soft grounds.
public enum Avatar {
  public static func initials(_ name: String) -> String {
    // Most names are plain, and the properties of other characters take long to find.
    if name.utf8.allSatisfy({ $0 < 128 }) { return plain(name.utf8) }
    let words = name.split { $0.isASCII ? $0 == " " : $0.isWhitespace }
    return ((words.first?.prefix(1) ?? "") + (words.count > 1 ? words.last?.prefix(1) ?? "" : "")).uppercased()
  }

  /// The same for ASCII, where a letter is a byte.
  private static func plain(_ name: String.UTF8View) -> String {
    var initials: [UInt8] = []
    var before = UInt8(ascii: " ")
    for byte in name {
      if byte != 32, before == 32 {
        if initials.count == 2 { initials.removeLast() }
        initials.append(byte >= 97 && byte <= 122 ? byte - 32 : byte)
      }
      before = byte
    }
    return String(decoding: initials, as: UTF8.self)
  }

  /// 1 to 6, the same for the same person everywhere.
  public static func ground(_ person: ID<Person>) -> Int {
    Int((UInt64(bitPattern: person.value) &* 0x9E37_79B9_7F4A_7C15) >> 32) % 6 + 1
  }
}
