#pragma once
// What is to be true when everything has been mended and carried, and what of it is not.

#include <memory>
#include <string>
#include <vector>

#include "network.h"
#include "scope.h"

namespace anlan::sim {

struct Verdict {
  // Each by one fact, stream or node.
  std::int64_t lost = 0, duplicated = 0, reordered = 0, diverged = 0;
  std::int64_t facts = 0, stored = 0, promised = 0;  // recorded; lying in all stores; acknowledged
  std::vector<std::string> findings;                 // the first of them in words

  bool sound() const { return lost + duplicated + reordered + diverged == 0; }
  void find(std::int64_t Verdict::*kind, std::string words);
};

// Reads every store as its disk would be found after a power cut.
void judge(const std::vector<std::unique_ptr<Node>>&, Network&, Verdict&);

// What one of these facts says must have been answered by another on the node of whom it concerns (promises.cpp).
class Owners;
void judge_promises(const std::vector<journal::Fact>& all, const Owners&, const Tree&, Verdict&);

// Every row of every table of the views, in an order of its own.
std::vector<std::string> rows_of_views(sql::Connection&);

}  // namespace anlan::sim
