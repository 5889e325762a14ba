import Foundation
import Jobs
import Kit
import Logging
import Outside
import Store
import Web

/// A running Tandem: the site, what answers requests, and what works off the queue.
public struct Installation: Sendable {
  public let site: Site
  public let responder: SiteResponder
  public let worker: Worker

  public init(
    store: Store, world: World, mailer: Mailer, fetcher: Fetcher? = nil, settings: Settings, secret: [UInt8], logger: Logger
  ) throws {
    site = Site(
      store: store, world: world, mailer: mailer, fetcher: fetcher ?? .live(allowsPrivate: settings.allowsPrivateAddresses),
      settings: settings,
      keys: Keys(secret: secret), templates: try Installation.templates(),
      assets: try Assets(Resources.assets()), logger: logger, identify: Identification.identify, navigation: Features.navigation)
    responder = SiteResponder(site: site, endpoints: Features.endpoints)
    let site = site
    worker = Worker(
      store: store, world: world, handlers: Features.all.flatMap { $0.jobs(site) }, schedule: Features.all.flatMap(\.schedule),
      logger: logger)
  }

  /// Pages of the frame, and of every feature under its name.
  static func templates() throws -> Templates {
    var folders = [(prefix: "", folder: try Resources.pages())]
    for feature in Features.all {
      let name = "\(feature.name).pages"
      folders.append((prefix: feature.name.lowercased(), folder: try Resources.folder(name, of: "Features")))
    }
    return try Templates(folders)
  }
}
