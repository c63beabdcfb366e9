#include "platform/xml/library_key.h"

#include <xmlsec/openssl/crypto.h>
#include <xmlsec/openssl/evp.h>

namespace anlan::xml {

Context context_with(EVP_PKEY& key) {
  const KeyKind kind = kind_of(key).value();
  xmlSecKeyData* data =
      xmlSecKeyDataCreate(kind == KeyKind::kRsa ? xmlSecOpenSSLKeyDataRsaId : xmlSecOpenSSLKeyDataEcdsaId);
  EVP_PKEY_up_ref(&key);
  ANLAN_ASSERT(data && xmlSecOpenSSLEvpKeyDataAdoptEvp(data, &key) == 0);
  Context context(xmlSecDSigCtxCreate(nullptr), xmlSecDSigCtxDestroy);
  ANLAN_ASSERT(context);
  context->signKey = xmlSecKeyCreate();
  ANLAN_ASSERT(context->signKey && xmlSecKeySetValue(context->signKey, data) == 0);
  context->enabledReferenceUris = xmlSecTransformUriTypeEmpty;
  context->flags = XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES | XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
  return context;
}

}  // namespace anlan::xml
