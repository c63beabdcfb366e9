#include "main/own_certificate.h"

#include "platform/http/certificate.h"
#include "platform/machine/files.h"

namespace anlan {

// The key first: a certificate that is there has its key.
Result<http::Pinned> own_certificate(const Configuration& c, const std::string& name) {
  const std::string stem = c.data + "/keys/" + name;
  http::Pinned files{stem + ".pem", stem + ".key", {}};
  if (machine::is_file(files.certificate_file)) return files;
  const auto made = http::make_certificate(c.node_id);
  auto written = machine::write_file(files.key_file, made.key_pem, machine::Readers::kOwner);
  if (written.ok())
    written = machine::write_file(files.certificate_file, made.certificate_pem, machine::Readers::kOwner);
  if (!written.ok()) return written.error();
  return files;
}

Result<xml::Signer> message_signer(const Configuration& c) {
  const auto files = own_certificate(c, "messages");
  if (!files.ok()) return files.error();
  const auto key = machine::read_file(files->key_file), certificate = machine::read_file(files->certificate_file);
  if (!key.ok()) return key.error();
  if (!certificate.ok()) return certificate.error();
  return xml::Signer::read(*key, *certificate);
}

}  // namespace anlan
