#include "platform/xml/signature.h"

#include <gmock/gmock.h>

#include <regex>
#include <thread>

#include "platform/xml/form.h"
#include "platform/xml/signature_fixture.h"

namespace anlan::xml {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

const std::string kAlert =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:example:alert\">\n"
    "  <sender>desk@example.org</sender>\n  <note>暴雨 &amp; 大风 &lt;8 级&#13;</note>\n</alert>\n";

Roots roots_of(const std::string& pem) { return Roots::read(pem).value(); }

std::string sign_with(const Made& made, const std::string& document = kAlert, const std::string& others = "",
                      Canonical canonical = Canonical::kExclusive) {
  return Signer::read(made.key_pem, made.certificate_pem + others).value().sign(document, canonical).value();
}

const std::string& signed_alert() {
  static const std::string text = sign_with(desk());
  return text;
}

Verdict judged(const std::string& text, bool other_layout = false) {
  static const Roots roots = roots_of(authority().certificate_pem);
  return verify(text, {.roots = &roots, .at = kToday, .other_layout = other_layout});
}

// "valid", "none", or what is wrong and of what: "transform http://…".
std::string told(const Verdict& verdict) {
  if (!verdict.flaw) return std::string(name_of(verdict.state));
  EXPECT_EQ(verdict.state, State::kInvalid);
  const std::string fault(name_of(verdict.flaw->fault));
  return verdict.flaw->detail.empty() ? fault : fault + ' ' + verdict.flaw->detail;
}
std::string told(const std::string& text) { return told(judged(text)); }

std::string replaced(std::string text, const std::string& piece, const std::string& by) {
  const auto at = text.find(piece);
  EXPECT_NE(at, text.npos) << piece;
  return at == text.npos ? text : text.replace(at, piece.size(), by);
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const auto first = text.find(begin) + begin.size();
  return text.substr(first, text.find(end, first) - first);
}

std::string whole_signature() {
  const auto first = signed_alert().find("<ds:Signature "), last = signed_alert().find("</ds:Signature>");
  return signed_alert().substr(first, last + std::string("</ds:Signature>").size() - first);
}

TEST(XmlSignature, OfEveryKeyAndFormIsFoundValid) {
  static const Made rsa = make({.name = "RSA", .rsa_bits = 2048}, &authority());
  for (const Made* made : {&desk(), &rsa})
    for (const Canonical canonical : {Canonical::kExclusive, Canonical::kInclusive}) {
      const std::string text = sign_with(*made, kAlert, "", canonical);
      EXPECT_EQ(told(text), "valid");
      EXPECT_TRUE(judged(text).is_trusted);
      EXPECT_THAT(text, EndsWith("</ds:Signature></alert>\n"));
      EXPECT_THAT(text, HasSubstr(made == &rsa ? "#rsa-sha256" : "#ecdsa-sha256"));
    }
  EXPECT_EQ(judged(signed_alert()).signer, "CN=演示应急管理局");
}

TEST(XmlSignature, IsNoneWhereThereIsNone) {
  EXPECT_EQ(told(kAlert), "none");
  EXPECT_EQ(told("<alert><Signature/></alert>"), "none");
}

TEST(XmlSignature, CoversADocumentInAnyEncoding) {
  const std::string gbk = "<?xml version=\"1.0\" encoding=\"GBK\"?><alert><note>\xb1\xa9\xd3\xea</note></alert>";
  const std::string text = sign_with(desk(), gbk);
  EXPECT_EQ(told(text), "valid");
  EXPECT_THAT(text, HasSubstr("<note>暴雨</note>"));
  EXPECT_EQ(told(replaced(text, "暴雨", "大风")), "digest");
}

TEST(XmlSignature, TellsAWrongDigestFromAWrongSignatureAndAWrongCertificate) {
  const std::string& text = signed_alert();
  EXPECT_EQ(told(replaced(text, "desk@example.org", "desk@example.com")), "digest");
  const std::string digest = between(text, "<ds:DigestValue>", "</"),
                    value = between(text, "<ds:SignatureValue>", "</");
  std::string other = from_base64(digest).value();
  other[0] = static_cast<char>(other[0] ^ 1);
  EXPECT_EQ(told(replaced(text, digest, to_base64(other))), "digest");
  other = from_base64(value).value();
  other[5] = static_cast<char>(other[5] ^ 1);
  EXPECT_EQ(told(replaced(text, value, to_base64(other))), "signature");
  EXPECT_EQ(told(replaced(text, value, to_base64(other.substr(1)))), "signature");
  EXPECT_EQ(told(replaced(text, "<ds:SignedInfo>", "<ds:SignedInfo Id=\"x\">")), "signature");
  const std::string certificate = between(text, "<ds:X509Certificate>", "</");
  const Made stranger = make({.name = "Stranger"}, &authority());
  const std::string theirs = between(sign_with(stranger), "<ds:X509Certificate>", "</");
  EXPECT_EQ(told(replaced(text, certificate, theirs)), "signature");
  EXPECT_EQ(told(replaced(text, certificate, "AAAA")), "certificate_unreadable");
  EXPECT_EQ(told(replaced(text, certificate, "")), "certificate_unreadable");
  EXPECT_EQ(told(std::regex_replace(text, std::regex("<ds:KeyInfo>[^]*</ds:KeyInfo>"), "")), "certificate_missing");
  EXPECT_EQ(part_of(Fault::kDigest), "digest");
  EXPECT_EQ(part_of(Fault::kSignature), "signature");
  EXPECT_EQ(part_of(Fault::kCertificateExpired), "certificate");
  EXPECT_EQ(part_of(Fault::kAlgorithm), "form");
}

// The last character before the padding has bits that most decoders pass over.
std::string with_spare_bit(const std::string& text, const std::string& name) {
  const auto end = text.find("=", text.find("<ds:" + name + ">"));
  return std::string(text).replace(end - 1, 1, 1, static_cast<char>(text[end - 1] + 1));
}

TEST(XmlSignature, OfAnotherSpellingOfTheSameBytesIsWrong) {
  const Made padded = [] {  // a certificate whose base64 has padding
    for (std::string name = "Demo";; name += 'x') {
      Made made = make({.name = name}, &authority());
      if (between(sign_with(made), "<ds:X509Certificate>", "</").ends_with("=")) return made;
    }
  }();
  const std::string text = sign_with(padded);
  ASSERT_EQ(told(text), "valid");
  EXPECT_EQ(told(with_spare_bit(text, "DigestValue")), "digest");
  EXPECT_EQ(told(with_spare_bit(text, "SignatureValue")), "signature");
  EXPECT_EQ(told(with_spare_bit(text, "X509Certificate")), "certificate_unreadable");
}

TEST(XmlSignature, OfASignerCountsWhileACertificateLeadsToARoot) {
  const auto at = [](const Made& made, const std::string& others, const std::string& roots, Instant moment) {
    const Roots trusted = roots_of(roots);
    return told(verify(sign_with(made, kAlert, others), {.roots = &trusted, .at = moment}));
  };
  const std::string root = authority().certificate_pem;
  EXPECT_EQ(at(desk(), "", root, from_china_time(2025, 12, 31)), "certificate_early 2026-01-01T00:00:00.000+08:00");
  EXPECT_EQ(at(desk(), "", root, from_china_time(2028, 1, 2)), "certificate_expired 2028-01-01T00:00:00.000+08:00");
  const Made other = make({.name = "Other Authority", .is_authority = true});
  EXPECT_THAT(at(desk(), "", other.certificate_pem, kToday), testing::StartsWith("certificate_untrusted "));
  EXPECT_EQ(at(desk(), "", other.certificate_pem + root, kToday), "valid");
  EXPECT_EQ(at(desk(), "", desk().certificate_pem, kToday), "valid") << "a root may be the signer";
  const Made middle = make({.name = "Middle", .is_authority = true}, &authority());
  const Made below = make({.name = "Below"}, &middle);
  EXPECT_THAT(at(below, "", root, kToday), testing::StartsWith("certificate_untrusted "));
  EXPECT_EQ(at(below, middle.certificate_pem, root, kToday), "valid");
  const Made upstart = make({.name = "Vouched for by a signer"}, &desk());
  EXPECT_THAT(at(upstart, desk().certificate_pem, root, kToday), testing::StartsWith("certificate_untrusted "));
  const Made reader = make({.name = "Reader", .key_usage = "keyEncipherment"}, &authority());
  EXPECT_EQ(at(reader, "", root, kToday), "certificate_use keyUsage");
  const Made writer = make({.name = "Writer", .key_usage = "digitalSignature"}, &authority());
  EXPECT_EQ(at(writer, "", root, kToday), "valid");
}

TEST(XmlSignature, OfAnybodyCountsOnlyWhereNoRootIsNamed) {
  const Made stranger = make({.name = "Stranger", .to = from_china_time(2026, 1, 2)});
  const std::string text = sign_with(stranger);
  EXPECT_THAT(told(text), testing::StartsWith("certificate_"));
  const Verdict verdict = verify(text, {});
  EXPECT_EQ(told(verdict), "valid");
  EXPECT_FALSE(verdict.is_trusted);
  EXPECT_EQ(verdict.signer, "CN=Stranger");
  EXPECT_EQ(told(verify(replaced(text, "desk@", "disk@"), {})), "digest");
}

TEST(XmlSignature, FindsTheSignersCertificateInAnyOrder) {
  const std::string text = sign_with(desk(), kAlert, authority().certificate_pem);
  const std::string first = between(text, "<ds:X509Certificate>", "</");
  const std::string rest = text.substr(text.find("</ds:X509Certificate>") + 1);
  const std::string second = between(rest, "<ds:X509Certificate>", "</");
  const std::string turned = replaced(replaced(replaced(text, first, "[1]"), second, first), "[1]", second);
  ASSERT_NE(turned, text);
  EXPECT_EQ(told(turned), "valid");
}

TEST(XmlSignature, SaysNothingOfADocumentThatItDoesNotCoverWhole) {
  const std::string& text = signed_alert();
  const std::string reference = "<ds:Reference URI=\"\">";
  EXPECT_EQ(told(replaced(text, reference, "<ds:Reference URI=\"#old\">")), "reference #old");
  EXPECT_EQ(told(replaced(text, reference, "<ds:Reference URI=\"#xpointer(/)\">")), "reference #xpointer(/)");
  EXPECT_EQ(told(replaced(text, reference, "<ds:Reference URI=\"http://example.org/a.xml\">")),
            "reference http://example.org/a.xml");
  EXPECT_EQ(told(replaced(text, reference, "<ds:Reference>")), "reference");
  EXPECT_EQ(told(replaced(text, "</ds:Reference>", "</ds:Reference><ds:Reference URI=\"\"/>")), "structure Reference");
  EXPECT_EQ(told(replaced(text, "</ds:Signature>", "<ds:Object><alert/></ds:Object></ds:Signature>")),
            "structure Object");
  EXPECT_EQ(told(replaced(text, "</ds:SignedInfo>", "</ds:SignedInfo><ds:SignedInfo/>")), "structure SignatureValue");
}

TEST(XmlSignature, IsNotTakenFromAnotherPlace) {
  const std::string signature = whole_signature(), forged = replaced(kAlert, "desk@", "thief@");
  EXPECT_EQ(told(replaced(forged, "</alert>", signature + "</alert>")), "digest");
  EXPECT_EQ(told(replaced(forged, "</note>", signature + "</note>")), "place");
  EXPECT_EQ(told(replaced(forged, "</alert>", "<old>" + signed_alert().substr(39) + "</old></alert>")), "place");
  EXPECT_EQ(told(signature), "place");
  EXPECT_EQ(told(replaced(signed_alert(), "</alert>", signature + "</alert>")), "several 2");
  const std::string inside =
      replaced(signature, "</ds:Signature>", "<ds:Object>" + signature + "</ds:Object></ds:Signature>");
  EXPECT_EQ(told(replaced(kAlert, "</alert>", inside + "</alert>")), "several 2");
}

TEST(XmlSignature, KnowsNoTransformThatCouldHideSomething) {
  const std::string enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
  const std::string canonical = "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"/>";
  const std::string& text = signed_alert();
  for (const std::string algorithm :
       {"http://www.w3.org/TR/1999/REC-xpath-19991116", "http://www.w3.org/2002/06/xmldsig-filter2",
        "http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/2000/09/xmldsig#base64", ""}) {
    const std::string transform = "<ds:Transform Algorithm=\"" + algorithm + "\"/>";
    EXPECT_THAT(told(replaced(text, canonical, transform)), testing::StartsWith("transform")) << algorithm;
    EXPECT_THAT(told(replaced(text, enveloped, algorithm)), testing::StartsWith("transform")) << algorithm;
    EXPECT_EQ(told(replaced(text, canonical, canonical + transform)), "structure Transform") << algorithm;
  }
  EXPECT_THAT(told(replaced(text, canonical, "<ds:Transform Algorithm=\"" + enveloped + "\"/>")),
              testing::StartsWith("transform"));
  EXPECT_EQ(told(replaced(text, canonical,
                          "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\" xmlns:x=\"y\" "
                          "x:Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>")),
            "structure Algorithm")
      << "one name, two attributes";
}

TEST(XmlSignature, KnowsNoWeakAlgorithm) {
  const std::string& text = signed_alert();
  for (const std::string algorithm :
       {"http://www.w3.org/2001/04/xmldsig-more#rsa-md5", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1", "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"})
    EXPECT_EQ(told(replaced(text, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", algorithm)),
              "algorithm " + algorithm);
  for (const std::string algorithm :
       {"http://www.w3.org/2001/04/xmldsig-more#md5", "http://www.w3.org/2000/09/xmldsig#sha1"})
    EXPECT_EQ(told(replaced(text, "http://www.w3.org/2001/04/xmlenc#sha256", algorithm)), "algorithm " + algorithm);
  const std::string sha1 =
      replaced(text, "http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1");
  EXPECT_EQ(told(verify(sha1, {.sha1 = true})), "digest") << "looked at where it may count";
  const Made weak = make({.name = "Weak", .rsa_bits = 1024}), strong = make({.name = "Strong", .rsa_bits = 2048});
  EXPECT_FALSE(Signer::read(weak.key_pem, weak.certificate_pem).ok());
  const std::string theirs = between(weak.certificate_pem, "CERTIFICATE-----\n", "-----END");
  const std::string rsa = sign_with(strong);
  EXPECT_EQ(told(replaced(rsa, between(rsa, "<ds:X509Certificate>", "</"), theirs)), "certificate_weak");
  EXPECT_EQ(told(replaced(text, between(text, "<ds:X509Certificate>", "</"), theirs)), "signature")
      << "of another kind";
}

TEST(XmlSignature, OfWhatCannotBeReadIsInvalid) {
  const std::string& text = signed_alert();
  EXPECT_EQ(told(replaced(text, "<alert", "<!DOCTYPE alert [<!ENTITY a \"b\">]><alert")), "unreadable");
  EXPECT_EQ(told(replaced(text, "</note>", "&a;</note>")), "unreadable");
  EXPECT_EQ(told(""), "unreadable");
  EXPECT_EQ(told(text.substr(0, text.size() / 2)), "unreadable");
  EXPECT_EQ(told(std::string(kBytesLimit, ' ') + text), "unreadable");
  std::string deep, up;
  for (int i = 0; i < kDepthLimit; ++i) deep += "<a>", up += "</a>";
  EXPECT_EQ(told("<alert>" + deep + up + "</alert>"), "unreadable");
  EXPECT_EQ(told(deep + up), "none");
  std::string many = "<alert";
  for (int i = 0; i < 100; ++i) many += " a" + std::to_string(i) + "=\"\"";
  EXPECT_EQ(told(many + "/>"), "unreadable");
  std::string around = "<alert/>";
  for (int i = 0; i < 100; ++i) around += "<?a b?>";
  EXPECT_EQ(told(around), "unreadable");
}

TEST(XmlSignature, LooksPastWhiteSpaceBetweenElementsWhereTheCallerDoes) {
  const std::string laid_out =
      replaced(std::regex_replace(sign_with(desk(), std::regex_replace(kAlert, std::regex(">\\s+<"), "><")),
                                  std::regex("><(?!/)"), ">\n    <"),
               "<alert", "<?xml-stylesheet href=\"a.xsl\"?>\n<alert");
  const std::string flat = std::regex_replace(laid_out, std::regex(">\\s+<"), "><");
  EXPECT_EQ(told(laid_out), "digest");
  EXPECT_EQ(told(judged(flat, true)), told(judged(laid_out, true)));
  EXPECT_EQ(told(judged(laid_out, true)), "valid");
  EXPECT_TRUE(judged(laid_out, true).other_layout);
  EXPECT_FALSE(judged(signed_alert(), true).other_layout);
  EXPECT_EQ(told(judged(replaced(laid_out, "desk@", "disk@"), true)), "digest");
  EXPECT_EQ(told(judged(replaced(laid_out, "desk@", "desk @"), true)), "digest") << "inside a text it counts";
  EXPECT_EQ(told(judged(replaced(laid_out, "<note>", "<note/><note>"), true)), "digest");
}

TEST(XmlSignature, SeesTheTextThatAReaderSeesAroundAComment) {
  EXPECT_EQ(told(replaced(signed_alert(), "desk@", "de<!-- x -->sk@")), "valid") << "no reader sees it";
  EXPECT_EQ(told(replaced(signed_alert(), "desk@", "de<?x?>sk@")), "digest");
  EXPECT_EQ(told(replaced(signed_alert(), "desk@", "<![CDATA[desk@]]>")), "valid");
}

TEST(XmlSigner, RefusesWhatItCannotSign) {
  const Signer signer = Signer::read(desk().key_pem, desk().certificate_pem).value();
  EXPECT_FALSE(signer.sign(signed_alert()).ok());
  EXPECT_FALSE(signer.sign("no XML").ok());
  EXPECT_FALSE(signer.sign("<!DOCTYPE alert []><alert/>").ok());
  EXPECT_FALSE(signer.sign("<alert>" + std::string(kBytesLimit - 20, 'x') + "</alert>").ok()) << "too long when signed";
  EXPECT_FALSE(Signer::read(desk().key_pem, authority().certificate_pem).ok());
  EXPECT_FALSE(Signer::read(desk().key_pem, "").ok());
  EXPECT_FALSE(Signer::read("", desk().certificate_pem).ok());
  EXPECT_FALSE(Signer::read(desk().key_pem, desk().certificate_pem + "-----BEGIN CERTIFICATE-----\nAAAA").ok());
  EXPECT_FALSE(Roots::read("none").ok());
}

TEST(XmlSignature, IsMadeAndVerifiedByManyThreadsAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 25; ++round) {
        const std::string text = sign_with(desk(), replaced(kAlert, "desk@", "desk" + std::to_string(i) + "@"));
        good += judged(text).state == State::kValid && told(replaced(text, "desk", "disk")) == "digest";
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 100);
}

}  // namespace
}  // namespace anlan::xml
