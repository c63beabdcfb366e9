#pragma once
// Reads a whole node and says what is wrong with it. docs/journal-format.md, "Verifying".

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "journal/fact.h"
#include "journal/start.h"

namespace anlan::journal {

enum class ProblemKind {
  kGap,            // this position is missing
  kPreviousHash,   // does not name the fact before it
  kHash,           // the content does not give the hash
  kStreamVersion,  // not the next one of its stream
  kNodeSequence,   // not the next one of the store's own node, or one of another node a second time
  kSealedMissing,  // the sealed entry that it refers to is not there
  kSealedChanged,  // … or is another one
  kKeyMissing,     // … or has no key, not even a destroyed one
  kAnswerChanged,  // a stored answer does not give its check value
  kShortened,      // something knows of a position after the last fact
  kBlockChanged,   // a block's header does not give its hash
  kBlockRoot,      // the facts of a block do not give its root
  kBlockChain,     // a block does not follow the one before it
  kBlockWitness,   // a neighbour has countersigned a block of this node that is not there
  kUnreadable,     // the engine cannot read it
  kEngine,         // the engine found it in its files
  kUnfinished,     // a copy into the store was broken off
};

constexpr auto names_of(ProblemKind) {
  using enum ProblemKind;
  return std::array{std::pair{kGap, std::string_view{"gap"}},
                    std::pair{kPreviousHash, std::string_view{"previous_hash"}},
                    std::pair{kHash, std::string_view{"hash"}},
                    std::pair{kStreamVersion, std::string_view{"stream_version"}},
                    std::pair{kNodeSequence, std::string_view{"node_sequence"}},
                    std::pair{kSealedMissing, std::string_view{"sealed_missing"}},
                    std::pair{kSealedChanged, std::string_view{"sealed_changed"}},
                    std::pair{kKeyMissing, std::string_view{"key_missing"}},
                    std::pair{kAnswerChanged, std::string_view{"answer_changed"}},
                    std::pair{kShortened, std::string_view{"shortened"}},
                    std::pair{kBlockChanged, std::string_view{"block_changed"}},
                    std::pair{kBlockRoot, std::string_view{"block_root"}},
                    std::pair{kBlockChain, std::string_view{"block_chain"}},
                    std::pair{kBlockWitness, std::string_view{"block_witness"}},
                    std::pair{kUnreadable, std::string_view{"unreadable"}},
                    std::pair{kEngine, std::string_view{"engine"}},
                    std::pair{kUnfinished, std::string_view{"unfinished"}}};
}

// One thing that is wrong, with where it lies as far as that can be told.
struct Problem {
  ProblemKind kind;
  Position position = 0;     // 0 where no fact is concerned
  std::string stream, type;  // of that fact, where it can be read
  std::string detail;        // column, id, page, or the engine's own words
};

// What was read and what was found. Without problems the store is what its nodes have recorded, byte for byte, as far
// as hashes and signatures can tell.
struct Report {
  Position facts = 0;             // read
  Hash head{};                    // of the last of them
  std::vector<Problem> problems;  // those of facts in order of position; at most kMostProblems
  std::vector<std::string> notes;

  bool sound() const { return problems.empty(); }
  const Problem* first_bad_fact() const;  // null where no fact is concerned
  // One that concerns no fact.
  void add(ProblemKind, std::string detail);
};

// A store of which everything is wrong is told by its first thousand.
inline constexpr std::size_t kMostProblems = 1000;

// Changes nothing but SQLite's index of its log, also of a node at work. Never throws for what it finds;
// sql::ConnectionLost where there is no server to ask.
Report verify(const std::string& directory, const Progress& = {}, const std::string& vfs = {});

}  // namespace anlan::journal
