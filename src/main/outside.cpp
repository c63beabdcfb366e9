#include "main/outside.h"

#include "main/line_files.h"
#include "platform/machine/files.h"
#include "state/stored.h"

namespace anlan {
namespace {

using edge::outside::Ground;

FileSaid export_report(const Ground& ground, const FileAsk& ask, const std::string& file) {
  const auto r = state::replay<report::Report>(ground.reader(), ask.subject);
  const auto directory = ground.directory();
  const auto* to = r.exists() ? directory->organisations.organisation(r.to) : nullptr;
  if (to && !to->external) return refused_file("export_not_outside", ask.subject);
  const auto document = ground.document(ask.subject);
  if (!document.ok()) return refused_by_rule("export_refused", ask.subject, document.error());
  const auto written =
      machine::write_file(file, edge::outside::signed_text(ground, *document), machine::Readers::kOwner);
  if (!written.ok()) return refused_file("desk_failed", {}, written.error().what);
  FileSaid said;
  said.what = ask.subject;
  return said;
}

// One that is answered already is known.
FileSaid receipts_in(const Ground& ground, const std::string& file) {
  const auto text = machine::read_file(file);
  const auto receipts = text.ok() ? edge::outside::receipts_in_file(*text) : std::nullopt;
  if (!receipts) return refused_file("receipts_no_file");
  FileSaid said;
  const auto directory = ground.directory();
  for (const auto& receipt : receipts->items) {
    const auto r = state::replay<report::Report>(ground.reader(), receipt.report);
    const auto* to = r.exists() ? directory->organisations.organisation(r.to) : nullptr;
    const bool outside = to && to->external;
    const auto noted = edge::outside::note(ground, outside ? r.to : std::string(), receipt, report::Channel::kFile);
    if (noted.ok()) {
      ++(noted->replayed ? said.known : said.facts);
    } else if (noted.error().code == "report.is_decided") {
      ++said.known;
    } else {
      const auto facts = said.facts, known = said.known;
      said = refused_by_rule("receipt_refused", receipt.report, noted.error());
      said.facts = facts;
      said.known = known;
      return said;
    }
  }
  return said;
}

std::string without_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.pop_back();
  return text;
}

}  // namespace

Result<std::unique_ptr<edge::outside::Courier>> courier_of(const Configuration& c, Ground ground) {
  const auto& o = c.outside;
  if (o.organisation.empty()) return std::unique_ptr<edge::outside::Courier>();
  edge::outside::Settings settings{o.organisation, o.address, o.port, o.base, {}, {}};
  if (!o.token_file.empty()) {
    auto token = machine::read_file(o.token_file);
    if (!token.ok()) return token.error();
    settings.token = without_end(std::move(*token));
  }
  const auto certificate = line_certificate(c);
  if (!certificate.ok()) return certificate.error();
  settings.files = certificate->files;
  settings.files.fingerprint = o.fingerprint;
  return edge::outside::Courier::make(std::move(ground), std::move(settings));
}

std::map<std::string, FileDesk::Work> outside_works(Ground ground) {
  const auto shared = std::make_shared<const Ground>(std::move(ground));
  return {{"export.report",
           [shared](const FileAsk& ask, const std::string& file) { return export_report(*shared, ask, file); }},
          {"receipt.in", [shared](const FileAsk&, const std::string& file) { return receipts_in(*shared, file); }}};
}

std::optional<edge::OutsideDelivery> shown(const std::optional<edge::outside::Delivery>& d) {
  if (!d) return std::nullopt;
  return edge::OutsideDelivery{d->version, d->waiting_since, d->tries, d->tried_at, d->delivered_at, d->last_error};
}

}  // namespace anlan
