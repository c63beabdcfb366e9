#pragma once
// Refusals as RFC 9457 problem details, in both languages.

#include <vector>

#include "base/refusal.h"
#include "base/texts.h"
#include "platform/http/message.h"

namespace anlan::edge {

// RFC 9110 statuses; one for each kind, so that a client can act without knowing the code.
int status_of(RefusalKind);

// Chinese unless the Accept-Language header prefers English.
Locale locale_of(const http::Request&);

// The first refusal names the problem, all of them are listed when there are several.
// At least one. A value "NAME.LOCALE" stands for NAME in that language. Words come from data/text/refusal.*.toml;
// 429 and 503 get a Retry-After of 2 seconds.
http::Response problem(const Texts&, Locale, const std::vector<Refusal>&);
http::Response problem(const Texts&, Locale, const Refusal&);
// With a status of HTTP itself, which no kind of refusal has.
http::Response problem(const Texts&, Locale, int status, const Refusal&);

}  // namespace anlan::edge
