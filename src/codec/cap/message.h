#pragma once
// An alert of others as the desk keeps it: what a fact may hold of it.

#include <optional>
#include <string>

#include "base/refusal.h"
#include "base/texts.h"
#include "codec/cap/reading.h"
#include "domain/alert/types.h"

namespace anlan::cap {

// Cut to `limit` characters, whole ones and none that a fact may not hold.
std::string cut(const std::string& text, std::size_t limit);

// Of a valid alert and its preferred block. Texts are cut; an area that is more than a fact may hold is left out and
// told so. Only references to the same sender's alerts are there, each once and not to itself, without our ids of them.
// Nothing for what warns of nothing: Ack and Error. `now` stands for a moment of sending that cannot be read.
std::optional<alert::Message> message(const Alert&, alert::Form, Instant now);

// One error as a refusal (cap.invalid), with its sentence in both languages.
Refusal refusal(const Error&, const anlan::Texts&);

}  // namespace anlan::cap
