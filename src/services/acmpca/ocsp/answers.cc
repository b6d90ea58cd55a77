#include "services/acmpca/ocsp/answers.h"

#include <utility>

namespace everseal::acmpca::ocsp {

// In the order in which they were kept, the newest in front; the oldest goes first.
class Answers::Kept {
 public:
  explicit Kept(std::size_t most) : most_(most) {}

  Found find(const x509::OcspCertId& id) const {
    const std::lock_guard lock(mutex_);
    const auto at = by_id_.find(id);
    return at == by_id_.end() ? nullptr : at->second->answer;
  }

  std::uint64_t generation() const {
    const std::lock_guard lock(mutex_);
    return generation_;
  }

  void keep(const x509::OcspCertId& id, std::int64_t certificate, Found answer,
            std::uint64_t read_in_generation) {
    const std::lock_guard lock(mutex_);
    if (generation_ != read_in_generation) return;
    if (const auto at = by_id_.find(id); at != by_id_.end()) drop(at->second);
    order_.push_front({id, certificate, std::move(answer)});
    by_id_.emplace(id, order_.begin());
    by_certificate_.emplace(certificate, order_.begin());
    if (order_.size() > most_) drop(std::prev(order_.end()));
  }

  void revoked(std::int64_t certificate) {
    const std::lock_guard lock(mutex_);
    ++generation_;
    for (auto at = by_certificate_.find(certificate); at != by_certificate_.end();
         at = by_certificate_.find(certificate))
      drop(at->second);
  }

 private:
  struct Element {
    x509::OcspCertId id;
    std::int64_t certificate;
    Found answer;
  };
  using Place = std::list<Element>::iterator;

  void drop(Place place) {
    by_id_.erase(place->id);
    auto [at, end] = by_certificate_.equal_range(place->certificate);
    while (at != end && at->second != place) ++at;
    if (at != end) by_certificate_.erase(at);
    order_.erase(place);
  }

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;  // this and what follows: guarded by mutex_
  std::list<Element> order_;
  std::map<x509::OcspCertId, Place> by_id_;
  std::multimap<std::int64_t, Place> by_certificate_;
};

Answers::Answers(sql::Database& database, std::size_t most)
    : kept_(std::make_shared<Kept>(most)),
      revocations_(database.listen(revoked_topic, [kept = kept_](std::int64_t certificate) {
        kept->revoked(certificate);
      })) {}

Answers::Found Answers::find(const x509::OcspCertId& id) const { return kept_->find(id); }

std::uint64_t Answers::generation() const { return kept_->generation(); }

void Answers::keep(const x509::OcspCertId& id, std::int64_t certificate, Found answer,
                   std::uint64_t read_in_generation) {
  kept_->keep(id, certificate, std::move(answer), read_in_generation);
}

}  // namespace everseal::acmpca::ocsp
