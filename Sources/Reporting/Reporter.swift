import Analysis
import Documents

/// Model values in, bytes out: the same values and settings give the same bytes on every machine.
public struct Reporter: Sendable {
  public enum Format: String, Sendable, CaseIterable {
    case markdown = "md", html, json, text = "txt"
  }

  public var links: EvidenceLinks
  public var limits: DigestLimits

  public init(links: EvidenceLinks, limits: DigestLimits = DigestLimits()) {
    self.links = links
    self.limits = limits
  }

  public func render(_ digest: Digest, as format: Format) -> [UInt8] {
    let page = { DigestPage(digest, limits: limits, links: links).page() }
    switch format {
    case .markdown: return MarkdownRenderer.render(page())
    case .html: return HTMLRenderer.render(page())
    case .text: return TerminalRenderer.render(page())
    case .json: return DigestJSON.render(digest, limits: limits)
    }
  }

  /// The digest's files: `digests/2025-07-23.{md,html,json}` and `digests/latest.*` with the same content.
  /// - Parameter isLatest: false for a digest of an earlier day that is built again, which leaves `latest.*` alone.
  public func files(for digest: Digest, isLatest: Bool = true) -> [OutputFile] {
    Parallel.map(renderings(of: digest, isLatest: isLatest)) { $0() }.flatMap { $0 }
  }

  /// The digest's files and the pages that every page leads to, made on all processors at once: the bytes are those of one after the other.
  public func files(for digest: Digest, isLatest: Bool = true, with site: Site) -> [OutputFile] {
    Parallel.map(renderings(of: digest, isLatest: isLatest) + renderings(of: site)) { $0() }.flatMap { $0 }
  }

  private func renderings(of digest: Digest, isLatest: Bool) -> [@Sendable () -> [OutputFile]] {
    let names = [digest.date.description] + (isLatest ? ["latest"] : [])
    @Sendable func files(_ format: Format, _ bytes: [UInt8]) -> [OutputFile] {
      names.map { OutputFile(path: "\(OutputLayout.digests)/\($0).\(format.rawValue)", bytes: bytes) }
    }
    return [
      {
        let page = DigestPage(digest, limits: limits, links: links).page()
        return files(.markdown, MarkdownRenderer.render(page)) + files(.html, HTMLRenderer.render(page))
      },
      { files(.json, DigestJSON.render(digest, limits: limits)) },
    ]
  }

  /// `json` gives the record line with the alert's last change as its time.
  public func render(_ alert: AlertPage, as format: Format) -> [UInt8] {
    let page = { alert.page(links: links) }
    switch format {
    case .markdown: return MarkdownRenderer.render(page())
    case .html: return HTMLRenderer.render(page())
    case .text: return TerminalRenderer.render(page())
    case .json: return alert.jsonLine(at: alert.changedAt)
    }
  }

  /// `alerts/<stem>.md` and `.html`, rewritten on every change of the alert.
  public func files(for alert: AlertPage) -> [OutputFile] {
    [Format.markdown, .html].map {
      OutputFile(path: "\(OutputLayout.alerts)/\(alert.fileStem).\($0.rawValue)", bytes: render(alert, as: $0))
    }
  }

  /// An entity's page; `json` is not offered here, as `bellwether timeline ENTITY --json` gives the facts themselves.
  public func files(for entity: EntityPage) -> [OutputFile] {
    [
      OutputFile(
        path: "\(OutputLayout.entities)/\(entity.fileStem).html", bytes: HTMLRenderer.render(entity.page(links: links, limits: limits)))
    ]
  }

  /// The pages that every page leads to: `index.html`, `alerts.html` and the others of `SitePage`.
  public func files(for site: Site) -> [OutputFile] { Parallel.map(renderings(of: site)) { $0() }.flatMap { $0 } }

  private func renderings(of site: Site) -> [@Sendable () -> [OutputFile]] {
    site.makers(links: links, limits: limits).map { make in
      {
        let page = make()
        return [OutputFile(path: page.sitePage?.file ?? "\(page.title).html", bytes: HTMLRenderer.render(page))]
      }
    }
  }

  /// `feed.atom`: the latest alerts, whatever their state.
  /// - Parameter updatedAt: RFC 3339; the feed's time while it has no entry.
  public func feed(_ alerts: [AlertPage], updatedAt: String) -> OutputFile {
    OutputFile(path: "feed.atom", bytes: AtomFeed.render(alerts, updatedAt: updatedAt))
  }
}
