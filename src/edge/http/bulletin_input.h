#pragma once
// What a report's official document says, gathered from the journal.

#include "document/bulletin.h"
#include "edge/http/page.h"
#include "edge/http/services.h"

namespace anlan::edge {

// Of the version that the query names, else of the latest. Only what was known when it was signed, names, posts and
// telephones too: a document printed later says the same, whoever of sender and receiver prints it; a draft says what
// is known now. It tells what its sender knew and owed. Refusals as read_report(); report.version_unknown.
Outcome<document::BulletinInput> read_bulletin(const Page&, const NodeDescription&, const std::string& report);

}  // namespace anlan::edge
