#include "services/sqs/service.h"

#include <array>
#include <string_view>

#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/delete_message.h"
#include "services/sqs/operations/delete_queue.h"
#include "services/sqs/operations/get_queue_attributes.h"
#include "services/sqs/operations/get_queue_url.h"
#include "services/sqs/operations/list_queues.h"
#include "services/sqs/operations/purge_queue.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"

namespace everseal::sqs {
namespace {

constexpr std::size_t kBodyLimit = 3 << 20;  // a message of 1 MiB, escaped

constexpr std::array<aws::protocol::QueryName, 8> kNames{{
    {"Attributes", "Attribute", "Name", "Value"},
    {"AttributeNames", "AttributeName"},
    {"MessageAttributeNames", "MessageAttributeName"},
    {"MessageAttributes", "MessageAttribute", "Name", "Value"},
    {"MessageSystemAttributeNames", "MessageSystemAttributeName"},
    {"Messages", "Message"},
    {"QueueUrls", "QueueUrl"},
    {"tags", "Tag", "Key", "Value"},
}};
constexpr std::array<aws::protocol::QueryError, 2> kErrors{{
    {"QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400},
    {"QueueNameExists", "QueueAlreadyExists", 400},
}};

aws::Service speaking(aws::Protocol protocol, const Parts& parts) {
  const auto& [database, random, clock, base_url] = parts;
  aws::Service service({.name = "sqs",
                        .signing_name = "sqs",
                        .protocol = protocol,
                        .target_prefix = "AmazonSQS.",
                        .api_version = "2012-11-05",
                        .xml_namespace = "http://queue.amazonaws.com/doc/2012-11-05/",
                        .body_limit = kBodyLimit,
                        .query_names = kNames,
                        .query_errors = kErrors,
                        .path_member = "QueueUrl"});
  service.add(CreateQueue{database, clock, base_url})
      .add(DeleteMessage{database})
      .add(DeleteQueue{database})
      .add(GetQueueAttributes{database, clock})
      .add(GetQueueUrl{database, base_url})
      .add(ListQueues{database, base_url})
      .add(PurgeQueue{database})
      .add(ReceiveMessage{database, clock, random})
      .add(SendMessage{database, clock, random});
  return service;
}

}  // namespace

std::array<aws::Service, 2> make_services(const Parts& parts) {
  return {speaking(aws::Protocol::AwsJson10, parts), speaking(aws::Protocol::Query, parts)};
}

}  // namespace everseal::sqs
