#pragma once
// A customizable contraction hierarchy (Dibbelt, Strasser, Wagner: Customizable Contraction Hierarchies, JEA 2016):
// what can be known of a network before it is known how long its roads take. Why this one: docs/decisions.
//
// Nodes are contracted in the order of their numbers. Of each node the edges to higher ones are kept, with those that
// contraction puts in: the higher neighbours of a node are neighbours of each other. So every shortest way can be
// driven up and then down, and all that is above a node are its parents in a tree.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "geo/road/network.h"

namespace anlan::road {

using Edge = std::uint32_t;

// Immutable; any number of threads may ask.
class Hierarchy {
 public:
  // What a city's roads bring up in a good order is three to eight edges a node. An order that nobody thought about
  // can bring up thousands.
  static constexpr std::size_t kMostEdgesANode = 100;

  // Nothing where more edges come up than `kMostEdgesANode` a node. The network must outlive it.
  static std::optional<Hierarchy> over(const Network&);

  std::size_t nodes() const { return first_.size() - 1; }
  std::size_t edges() const { return heads_.size(); }
  const Network& network() const { return *network_; }

  // Edges of a node to higher ones: from first(n) to first(n + 1), their heads ascending.
  Edge first(Node n) const { return first_[n]; }
  Node head(Edge e) const { return heads_[e]; }
  Node parent(Node n) const { return first_[n] == first_[n + 1] ? kNone : heads_[first_[n]]; }
  // Of the edge between two nodes; kNone where there is none.
  Edge edge(Node lower, Node higher) const;
  // The edge of a road; kNone for one that ends where it begins.
  Edge edge_of_road(std::uint32_t road) const { return of_road_[road]; }

  // Edges of a node to lower ones, those ascending.
  struct Down {
    Node lower;
    Edge edge;
  };
  std::span<const Down> down(Node n) const {
    return {down_.data() + first_down_[n], down_.data() + first_down_[n + 1]};
  }

  std::size_t bytes() const;

 private:
  explicit Hierarchy(const Network& network) : network_(&network) {}
  bool contract();
  void index_downwards();

  const Network* network_;
  std::vector<Edge> first_;
  std::vector<Node> heads_;
  std::vector<Edge> of_road_;
  std::vector<std::uint32_t> first_down_;
  std::vector<Down> down_;
};

// What the edges take, for the weights of one moment: closures and a vehicle. Immutable; any number of threads may ask.
class Metric {
 public:
  // A tenth of a second for 100,000 nodes. `weights`: by arc, see travel_times().
  Metric(std::shared_ptr<const Hierarchy>, std::vector<Ms> weights);

  const Hierarchy& hierarchy() const { return *hierarchy_; }
  std::span<const Ms> weights() const { return weights_; }

  // Edges between a node and higher ones over which a shortest way may go; of the others there is a way that is
  // shorter.
  struct Step {
    Node higher;
    Ms ms;
  };
  std::span<const Step> up(Node n) const { return {up_.data() + first_up_[n], up_.data() + first_up_[n + 1]}; }
  // From the higher node.
  std::span<const Step> down(Node n) const {
    return {down_.data() + first_down_[n], down_.data() + first_down_[n + 1]};
  }
  std::size_t bytes() const;

  // Behind `arcs`, the arcs of the way that an edge stands for; its time must not be kNever.
  void unpack(Node from, Node to, std::vector<ArcNumber>& arcs) const;

 private:
  struct Both {
    Ms up = kNever, down = kNever;
  };

  void take_roads();
  template <class Relax>
  void each_triangle_above(Node, std::vector<Edge>& to, Relax&& relax);
  void customise();
  void keep_shortest(const std::vector<Both>& shortest);

  std::shared_ptr<const Hierarchy> hierarchy_;
  std::vector<Ms> weights_;
  std::vector<Both> edges_;
  std::vector<std::uint32_t> first_up_, first_down_;
  std::vector<Step> up_, down_;
};

}  // namespace anlan::road
