import Kit
import Store
import Web

/// Pages for anybody: how it works, what is kept, who can use it.
extension Feature {
  static let help = Feature(
    "Help",
    endpoints: [
      .openPage("/help", "help/show", "Show how Tandem works") { (_, visitor, _, _: NoInput) in
        HelpPage(isSignedIn: visitor.viewer != nil, version: visitor.site.settings.version)
      }.with { $0.surface = .page },
      .openPage("/privacy", "help/privacy", "Show what is kept about people") { (_, _, _, _: NoInput) in
        Privacy(Features.personalData)
      }.with { $0.surface = .page },
      .openPage("/accessibility", "help/accessibility", "Show how accessible Tandem is") { (_, visitor, _, _: NoInput) in
        HelpPage(isSignedIn: visitor.viewer != nil, version: visitor.site.settings.version)
      }.with { $0.surface = .page },
    ])
}

struct HelpPage: Output {
  var isSignedIn: Bool
  var version: String
}
