#include <xmlsec/openssl/crypto.h>
#include <xmlsec/templates.h>
#include <xmlsec/transforms.h>

#include "platform/xml/certificate.h"
#include "platform/xml/document.h"
#include "platform/xml/library_key.h"
#include "platform/xml/signature.h"

namespace anlan::xml {
namespace {

const xmlChar* name(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

// A Signature that says what is signed and how, without values.
xmlNode& add_empty(xmlDoc& document, KeyKind kind, Canonical canonical) {
  const xmlSecTransformId form =
      canonical == Canonical::kExclusive ? xmlSecTransformExclC14NId : xmlSecTransformInclC14NId;
  const xmlSecTransformId method =
      kind == KeyKind::kRsa ? xmlSecOpenSSLTransformRsaSha256Id : xmlSecOpenSSLTransformEcdsaSha256Id;
  xmlNode* signature = xmlSecTmplSignatureCreateNsPref(&document, form, method, nullptr, name("ds"));
  ANLAN_ASSERT(signature);
  xmlAddChild(xmlDocGetRootElement(&document), signature);
  xmlNode* reference =
      xmlSecTmplSignatureAddReference(signature, xmlSecOpenSSLTransformSha256Id, nullptr, name(""), nullptr);
  ANLAN_ASSERT(reference && xmlSecTmplReferenceAddTransform(reference, xmlSecTransformEnvelopedId) &&
               xmlSecTmplReferenceAddTransform(reference, form));
  return *signature;
}

// KeyInfo is not signed, so it may come last.
void add_certificates(xmlNode& signature, const std::vector<Certificate>& certificates) {
  xmlNode* data = xmlNewChild(xmlNewChild(&signature, signature.ns, name("KeyInfo"), nullptr), signature.ns,
                              name("X509Data"), nullptr);
  for (const Certificate& each : certificates)
    ANLAN_ASSERT(xmlNewChild(data, signature.ns, name("X509Certificate"), name(to_base64(der_of(each)).c_str())));
}

std::string text_of(xmlDoc& document) {
  xmlChar* bytes = nullptr;
  int size = 0;
  xmlDocDumpMemoryEnc(&document, &bytes, &size, "UTF-8");
  ANLAN_ASSERT(bytes);
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  xmlFree(bytes);
  return text;
}

}  // namespace

struct Signer::Held {
  Key key;
  KeyKind kind;
  std::vector<Certificate> certificates;
};

Result<Signer> Signer::read(const std::string& key_pem, const std::string& certificates_pem) {
  start_library();
  const Quiet quiet;
  const Key key = key_of(key_pem);
  const auto kind = key ? kind_of(*key) : std::nullopt;
  if (!kind) return Failure{"no RSA or EC private key that can be read without a password"};
  if (!is_strong(*key)) return Failure{"the key is too weak"};
  auto certificates = certificates_of(certificates_pem);
  if (certificates.empty()) return Failure{"no certificate, or one that cannot be read"};
  if (X509_check_private_key(certificates.front().get(), key.get()) != 1)
    return Failure{"the first certificate is not that of the key"};
  return Signer(std::make_shared<const Held>(Held{key, *kind, std::move(certificates)}));
}

// What leaves here has been verified as whoever receives it will.
Result<std::string> Signer::sign(std::string_view bytes, Canonical canonical) const {
  start_library();
  const Quiet quiet;
  const DocumentPointer document = parse(bytes);
  if (!document) return Failure{"the document cannot be read"};
  if (!signatures_in(*document).empty()) return Failure{"the document is signed already"};
  xmlNode& signature = add_empty(*document, held_->kind, canonical);
  lay_flat(signature);  // so that it stays good where somebody lays the document out, and flat again
  const Context context = context_with(*held_->key);
  if (xmlSecDSigCtxSign(context.get(), &signature) != 0 || context->status != xmlSecDSigStatusSucceeded)
    return Failure{"the document could not be signed"};
  add_certificates(signature, held_->certificates);
  std::string text = text_of(*document);
  if (verify(text, {}).state != State::kValid) return Failure{"the signed document does not verify"};
  return text;
}

}  // namespace anlan::xml
