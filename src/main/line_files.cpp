#include "main/line_files.h"

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "main/own_certificate.h"
#include "platform/http/certificate.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

std::string in_keys(const Configuration& c, const char* name) { return c.data + "/keys/" + name; }

}  // namespace

Result<LineCertificate> line_certificate(const Configuration& c) {
  auto files = own_certificate(c, "line");
  if (!files.ok()) return files.error();
  LineCertificate line{std::move(*files), {}};
  const auto text = machine::read_file(line.files.certificate_file);
  if (!text.ok()) return text.error();
  const auto fingerprint = http::fingerprint_of(*text);
  if (!fingerprint) return Failure{line.files.certificate_file + " is no certificate"};
  line.fingerprint = *fingerprint;
  return line;
}

Result<std::optional<edge::peer::Parent>> parent_of(const Configuration& c) {
  const std::string file = in_keys(c, "parent.json");
  if (!machine::is_file(file)) return std::optional<edge::peer::Parent>();
  const auto text = machine::read_file(file);
  if (!text.ok()) return text.error();
  auto parent = json::from_text<edge::peer::Parent>(*text);
  if (!parent.ok()) return Failure{file + ": " + parent.error().front().code + " " + parent.error().front().field};
  return std::optional(std::move(*parent));
}

Result<Done> keep_parent(const Configuration& c, const edge::peer::Parent& parent) {
  return machine::write_file(in_keys(c, "parent.json"), json::to_text(parent), machine::Readers::kOwner);
}

std::string invitations_of(const Configuration& c) { return c.data + "/invitations"; }

}  // namespace anlan
