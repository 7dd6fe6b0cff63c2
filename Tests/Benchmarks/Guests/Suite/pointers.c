// Following pointers: a scrambled list, a hash table with chains, a binary tree with rotations.
#include "suite.h"

enum { NODE_COUNT = 1 << 13, BUCKET_COUNT = 1 << 12, TREE_COUNT = 2048, LOOKUP_COUNT = 4096 };

// --- A list in scrambled order ---

typedef struct node {
    struct node *following;
    uint32_t value;
} node;

static node nodes[NODE_COUNT];

static void scramble(generator *source) {
    static uint32_t order[NODE_COUNT];
    for (uint32_t index = 0; index < NODE_COUNT; index += 1) order[index] = index;
    for (uint32_t index = NODE_COUNT - 1; index > 0; index -= 1) {
        uint32_t other = next(source) % (index + 1), held = order[index];
        order[index] = order[other];
        order[other] = held;
    }
    for (uint32_t index = 0; index < NODE_COUNT; index += 1) {
        nodes[order[index]].following = &nodes[order[(index + 1) % NODE_COUNT]];
        nodes[order[index]].value = next(source);
    }
}

static uint32_t walk(uint32_t step_count) {
    uint32_t sum = 0;
    const node *at = nodes;
    for (uint32_t step = 0; step < step_count; step += 1) {
        sum += at->value;
        at = at->following;
    }
    return sum;
}

// --- A hash table with chains ---

typedef struct entry {
    struct entry *chained;
    uint32_t key;
    uint32_t count;
} entry;

static entry *buckets[BUCKET_COUNT];
static entry entries[LOOKUP_COUNT];
static uint32_t entry_count;

static uint32_t tally(uint32_t key) {
    entry **bucket = &buckets[key * 0x9E3779B1 >> 20];
    for (entry *found = *bucket; found != NULL; found = found->chained) {
        if (found->key == key) return found->count += 1;
    }
    entry *fresh = &entries[entry_count];
    entry_count += 1;
    *fresh = (entry){*bucket, key, 1};
    *bucket = fresh;
    return 1;
}

static uint32_t tally_all(generator *source) {
    for (uint32_t index = 0; index < BUCKET_COUNT; index += 1) buckets[index] = NULL;
    entry_count = 0;
    uint32_t sum = 0;
    for (uint32_t index = 0; index < LOOKUP_COUNT; index += 1) {
        sum += tally(next(source) >> 20) * index;
    }
    return sum;
}

// --- A treap ---

typedef struct tree {
    struct tree *lesser;
    struct tree *greater;
    uint32_t key;
    uint32_t priority;
} tree;

static tree trees[TREE_COUNT];

static tree *inserted(tree *root, tree *fresh) {
    if (root == NULL) return fresh;
    if (fresh->key < root->key) {
        tree *child = inserted(root->lesser, fresh);
        root->lesser = child;
        if (child->priority <= root->priority) return root;
        root->lesser = child->greater;
        child->greater = root;
        return child;
    }
    tree *child = inserted(root->greater, fresh);
    root->greater = child;
    if (child->priority <= root->priority) return root;
    root->greater = child->lesser;
    child->lesser = root;
    return child;
}

static uint32_t in_order(const tree *root, uint32_t sum) {
    if (root == NULL) return sum;
    return in_order(root->greater, mixed(in_order(root->lesser, sum), root->key));
}

static uint32_t search(const tree *root, uint32_t key) {
    uint32_t depth = 0;
    while (root != NULL && root->key != key) {
        root = key < root->key ? root->lesser : root->greater;
        depth += 1;
    }
    return depth;
}

static uint32_t grow_tree(generator *source) {
    tree *root = NULL;
    for (uint32_t index = 0; index < TREE_COUNT; index += 1) {
        uint32_t key = next(source), priority = next(source);
        trees[index] = (tree){NULL, NULL, key, priority};
        root = inserted(root, &trees[index]);
    }
    uint32_t sum = in_order(root, 0);
    for (uint32_t index = 0; index < LOOKUP_COUNT; index += 1) {
        sum += search(root, trees[index * 7 % TREE_COUNT].key);
    }
    return sum;
}

uint32_t suite_run(uint32_t round_count) {
    generator source = {9};
    scramble(&source);
    uint32_t sum = 0;
    for (uint32_t round = 0; round < round_count; round += 1) {
        sum = mixed(sum, walk(8 * NODE_COUNT));
        sum = mixed(sum, tally_all(&source));
        sum = mixed(sum, grow_tree(&source));
    }
    return sum;
}
