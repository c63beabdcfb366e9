// Signed alerts from anywhere: see platform/xml/signature.h for what is promised of them.

#include "codec/cap/reading.h"
#include "hostile.h"
#include "platform/xml/signature.h"

namespace {

// The signer of the corpus; the key was thrown away.
constexpr const char* kSigner = R"(-----BEGIN CERTIFICATE-----
MIIBjjCCATWgAwIBAgIUU14LIwiDV29WktI+sGgm4YmXEUIwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRQW5sYW4gZnV6eiBjb3JwdXMwIBcNMjYxMTI3MTMyNDE0WhgP
MjEyNjExMDMxMzI0MTRaMBwxGjAYBgNVBAMMEUFubGFuIGZ1enogY29ycHVzMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDuMSYnNXdJDWG68AsnL2y4O1fFwFzpEd
ElzGZelm8Tm6s9bNgmhg8sWdmEEnIabwPAuDRtFp2LqDDgDxHLjhEKNTMFEwHQYD
VR0OBBYEFBO9LQUMNNg342gQdACm8W681cc5MB8GA1UdIwQYMBaAFBO9LQUMNNg3
42gQdACm8W681cc5MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIg
XcP6SWp3kAq//s4xd/tRXJ7GvNvGP86D7tJW6mISPMYCICBfCjE8fwQ1o+CCuZbt
d+xOa9tv4bKPSC8ItFm7Fqm6
-----END CERTIFICATE-----
)";

// What it has signed, and nothing else, whatever stands in the bytes.
constexpr std::string_view kSigned =
    R"({"version":"1.2","identifier":"demo-signed","sender":"demo@example.org","sent":"2026-11-27T14:05:00+08:00","status":"Test","msgType":"Alert","scope":"Public","code":[],"note":"虚构 & 演示","info":[],"signature":true})";

const anlan::xml::Roots& roots() {
  static const anlan::xml::Roots read = anlan::xml::Roots::read(kSigner).value();
  return read;
}

void require_whole(const anlan::xml::Verdict& verdict) {
  using anlan::xml::State;
  anlan::require(verdict.flaw.has_value() == (verdict.state == State::kInvalid), "what is invalid says why");
  anlan::require(!verdict.is_trusted || verdict.state == State::kValid, "nothing else is trusted");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  const std::string_view bytes = text_of(data, size);
  const Instant at = from_china_time(2026, 11, 28);
  const xml::Verdict anybody = xml::verify(bytes, {nullptr, at, true, true});
  const xml::Verdict strict = xml::verify(bytes, {&roots(), at, false, false});
  const xml::Verdict trusted = xml::verify(bytes, {&roots(), at, false, true});
  for (const xml::Verdict* each : {&anybody, &strict, &trusted}) require_whole(*each);
  require((anybody.state == xml::State::kNone) == (trusted.state == xml::State::kNone), "none is none for everybody");
  require(!strict.is_trusted || trusted.is_trusted, "a looser look finds no less");
  if (!trusted.is_trusted) return 0;
  require(anybody.state == xml::State::kValid, "who is trusted is anybody");
  const cap::Reading reading = cap::read(bytes);
  if (reading.kind == cap::Kind::kValid)
    require(cap::to_json(reading.alert) == kSigned, "what is read is what was signed");
  return 0;
}
