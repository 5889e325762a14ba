import Kit
import Store
import Web

/// The forms for address and mail, each only where this page decides; else who does.
struct OwnSettings: Output {
  struct Part: Output {
    let form: Form?
    /// Where the value comes from.
    let source: String
  }

  let address: Part
  let mail: Part

  /// - Parameter path: the page's own path; forms are sent to addresses below it.
  init(_ path: String, _ tx: Transaction, _ site: Site) throws {
    let stored = try InstallationSettings.read(tx, site.keys)
    let isShared = try Neighbours.exist(tx)
    let given = site.configured.settings.given
    let source = { (keys: [InstallationSettings.Key]) -> String in
      if let key = keys.first(where: { given[$0.rawValue] != nil }), let place = given[key.rawValue] {
        return "\(key.rawValue) comes from \(place), which comes before what is set here. Change it there."
      }
      if isShared { return InstallationSettings.sharedWords }
      return keys.contains { stored[$0] != nil }
        ? "Set here. A value in tandem.toml or in the environment would come first."
        : "Nothing is set yet, so the default holds. A value in tandem.toml or in the environment would come first."
    }
    let isFree = { (keys: [InstallationSettings.Key]) in !isShared && !keys.contains { given[$0.rawValue] != nil } }
    let mailKeys: [InstallationSettings.Key] = [.mailServer, .mailUser, .mailPassword, .mailFrom]
    address = Part(form: isFree([.address]) ? ChangeAddress.form(path + "/address", site) : nil, source: source([.address]))
    mail = Part(form: isFree(mailKeys) ? ChangeMail.form(path + "/server", stored, site) : nil, source: source(mailKeys))
  }
}
