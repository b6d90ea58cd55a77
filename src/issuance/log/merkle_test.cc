#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <span>

#include "encoding/hex.h"
#include "issuance/log/leaf.h"
#include "issuance/log/merkle.h"

namespace everseal::issuance::log {
namespace {

Hash hash(std::string_view hex) {
  const Bytes octets = encoding::from_hex(hex).value();
  Hash made;
  std::ranges::copy(octets, made.begin());
  return made;
}

std::string hex(const Hash& hash) { return encoding::to_hex(hash); }

std::vector<Hash> hashes(std::initializer_list<std::string_view> all) {
  std::vector<Hash> made;
  for (const auto& each : all) made.push_back(hash(each));
  return made;
}

// The leaves and answers of the Certificate Transparency reference implementation.
constexpr std::array<std::string_view, 8> leaves{"",
                                                 "00",
                                                 "10",
                                                 "2021",
                                                 "3031",
                                                 "40414243",
                                                 "5051525354555657",
                                                 "606162636465666768696a6b6c6d6e6f"};
constexpr std::array<std::string_view, 9> roots{
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

Hash leaf_hash(std::size_t at) { return hash_leaf(encoding::from_hex(leaves[at]).value()); }

TEST(Frontier, has_the_roots_of_the_reference_implementation) {
  Frontier frontier;
  EXPECT_EQ(hex(frontier.root()), roots[0]);
  for (std::size_t at = 0; at < leaves.size(); ++at) {
    frontier.append(leaf_hash(at));
    EXPECT_EQ(hex(frontier.root()), roots[at + 1]) << at;
    EXPECT_EQ(frontier.size(), at + 1);
  }
}

TEST(Frontier, tells_of_each_subtree_that_a_leaf_completes) {
  Frontier frontier;
  std::vector<std::pair<unsigned, std::uint64_t>> completed;
  for (std::size_t at = 0; at < leaves.size(); ++at) {
    frontier.append(leaf_hash(at), [&](const Frontier::Completed& subtree) {
      completed.emplace_back(subtree.level, subtree.index);
      if (subtree.level == 3) {
        EXPECT_EQ(hex(subtree.hash), roots[8]);
      }
    });
  }
  const std::vector<std::pair<unsigned, std::uint64_t>> expected{{1, 0}, {1, 1}, {2, 0}, {1, 2},
                                                                 {1, 3}, {2, 1}, {3, 0}};
  EXPECT_EQ(completed, expected);
}

TEST(Frontier, does_not_come_back_from_hashes_of_another_size) {
  Frontier frontier;
  for (std::size_t at = 0; at < 7; ++at) frontier.append(leaf_hash(at));
  EXPECT_TRUE(Frontier::restore(7, frontier.hashes()));
  EXPECT_FALSE(Frontier::restore(8, frontier.hashes()));
  EXPECT_FALSE(Frontier::restore(0, frontier.hashes()));
  EXPECT_FALSE(Frontier::restore(7, ByteView(frontier.hashes()).first(95)));
}

TEST(Inclusion, is_proven_as_in_the_reference_implementation) {
  const auto first_of_8 =
      hashes({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
              "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
              "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"});
  const auto sixth_of_8 =
      hashes({"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
              "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", roots[4]});
  const auto second_of_5 =
      hashes({roots[1], "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
              "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"});
  EXPECT_TRUE(verify_inclusion(leaf_hash(0), 0, 1, {}, hash(roots[1])));
  EXPECT_TRUE(verify_inclusion(leaf_hash(0), 0, 8, first_of_8, hash(roots[8])));
  EXPECT_TRUE(verify_inclusion(leaf_hash(5), 5, 8, sixth_of_8, hash(roots[8])));
  EXPECT_TRUE(verify_inclusion(leaf_hash(2), 2, 3, {hash(roots[2])}, hash(roots[3])));
  EXPECT_TRUE(verify_inclusion(leaf_hash(1), 1, 5, second_of_5, hash(roots[5])));
  EXPECT_FALSE(verify_inclusion(leaf_hash(0), 1, 8, first_of_8, hash(roots[8])));
  EXPECT_FALSE(verify_inclusion(leaf_hash(1), 0, 8, first_of_8, hash(roots[8])));
  EXPECT_FALSE(verify_inclusion(leaf_hash(0), 8, 8, first_of_8, hash(roots[8])));
  EXPECT_FALSE(verify_inclusion(leaf_hash(0), 0, 8, first_of_8, hash(roots[7])));
}

TEST(Consistency, is_proven_as_in_the_reference_implementation) {
  const auto from_6_to_8 =
      hashes({"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
              "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", roots[4]});
  const auto from_2_to_5 =
      hashes({"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
              "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"});
  EXPECT_TRUE(verify_consistency(6, hash(roots[6]), 8, hash(roots[8]), from_6_to_8));
  EXPECT_TRUE(verify_consistency(2, hash(roots[2]), 5, hash(roots[5]), from_2_to_5));
  EXPECT_TRUE(verify_consistency(4, hash(roots[4]), 4, hash(roots[4]), {}));
  EXPECT_TRUE(verify_consistency(0, hash(roots[0]), 4, hash(roots[4]), {}));
  EXPECT_FALSE(verify_consistency(6, hash(roots[5]), 8, hash(roots[8]), from_6_to_8));
  EXPECT_FALSE(verify_consistency(6, hash(roots[6]), 8, hash(roots[7]), from_6_to_8));
  EXPECT_FALSE(verify_consistency(8, hash(roots[8]), 6, hash(roots[6]), from_6_to_8));
  EXPECT_FALSE(verify_consistency(6, hash(roots[6]), 8, hash(roots[8]), {}));
}

// MTH of RFC 6962, 2.1, as it is written there.
Hash tree_hash(std::span<const Hash> of) {
  if (of.empty()) return empty_root();
  if (of.size() == 1) return of.front();
  const std::size_t split = std::bit_floor(of.size() - 1);
  return hash_node(tree_hash(of.first(split)), tree_hash(of.subspan(split)));
}

RC_GTEST_PROP(Frontier, has_the_root_of_the_definition_and_survives_storage, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(0, 300);
  std::vector<Hash> all;
  Frontier frontier;
  for (std::size_t at = 0; at < size; ++at) {
    all.push_back(crypto::sha256(std::to_string(at)));
    frontier = *Frontier::restore(frontier.size(), frontier.hashes());
    frontier.append(all.back());
  }
  RC_ASSERT(frontier.root() == tree_hash(all));
}

TEST(Leaf, is_encoded_so_that_no_two_leaves_look_alike) {
  const Leaf leaf{.kind = Leaf::Kind::Certificate,
                  .time = from_millis(1),
                  .authority = "ab",
                  .object = "c",
                  .digest = {}};
  Leaf shifted = leaf;
  shifted.authority = "a";
  shifted.object = "bc";
  EXPECT_NE(encode(leaf, 0), encode(shifted, 0));
  EXPECT_NE(encode(leaf, 0), encode(leaf, 1));
  EXPECT_EQ(encoding::to_hex(ByteView(encode(leaf, 2)).first(25)),
            "01"
            "0000000000000002"
            "01"
            "0000000000000001"
            "0002"
            "6162"
            "0001"
            "63");
}

}  // namespace
}  // namespace everseal::issuance::log
