#include "main/line_files.h"

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "platform/http/certificate.h"
#include "platform/machine/files.h"

namespace anlan {
namespace {

std::string in_keys(const Configuration& c, const char* name) { return c.data + "/keys/" + name; }

// The key first: a certificate that is there has its key.
Result<Done> make(const Configuration& c, const http::Pinned& files) {
  const auto made = http::make_certificate(c.node_id);
  auto written = machine::write_file(files.key_file, made.key_pem, machine::Readers::kOwner);
  if (!written.ok()) return written;
  return machine::write_file(files.certificate_file, made.certificate_pem, machine::Readers::kOwner);
}

}  // namespace

Result<LineCertificate> line_certificate(const Configuration& c) {
  LineCertificate line{{in_keys(c, "line.pem"), in_keys(c, "line.key"), {}}, {}};
  if (!machine::is_file(line.files.certificate_file))
    if (auto made = make(c, line.files); !made.ok()) return made.error();
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
