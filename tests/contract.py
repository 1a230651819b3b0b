"""The published tables and columns that people and programs outside the code rely on."""

CONTRACT = {
    "documents": "document_id path copies sha256 bytes encoding language layout text status reason articles "
    "ingested_at",
    "document_spans": "document_id article_id start_char end_char start_line end_line kind rule",
    "articles": "article_id document_id ordinal title standfirst body publisher published_on published_precision "
    "published_evidence language words start_line end_line start_char end_char boundary_confidence story_id",
    "stories": "story_id articles first_article_id",
    "entities": "entity_id name label aliases mentions articles",
    "entity_mentions": "article_id entity_id label surface start_char end_char sentence",
    "entity_aliases": "entity_id alias source mentions articles",
    "entity_merges": "merged_id entity_id rule articles",
    "countries": "iso2 iso3 name region subregion",
    "country_mentions": "article_id iso2 surface kind confidence start_char end_char sentence zone",
    "unresolved_places": "surface mentions articles candidates reason",
    "article_countries": "article_id iso2 mentions share in_title in_lead is_focus",
    "topics": "topic_id name parent_id",
    "article_topics": "article_id topic_id score evidence",
    "mentions_per_country": "iso2 iso3 name mentions articles stories focus_articles name_mentions demonym_mentions "
    "metonym_mentions place_mentions total_articles article_share article_share_low article_share_high "
    "mentions_per_1000_words first_published_on last_published_on",
    "mentions_per_country_monthly": "month iso2 name mentions articles stories total_articles article_share "
    "article_share_low article_share_high mentions_per_1000_words change_on_previous_month",
    "topic_cooccurrence": "topic_a topic_b name_a name_b n_a n_b n_both n_total expected_both lift pmi npmi "
    "log_likelihood jaccard articles_both",
    "country_cooccurrence": "iso2_a iso2_b name_a name_b n_a n_b n_both n_total expected_both lift pmi npmi "
    "log_likelihood jaccard articles_both sentences_both",
    "entity_cooccurrence": "entity_a entity_b name_a name_b n_a n_b n_both n_total expected_both lift pmi npmi "
    "log_likelihood jaccard articles_both",
    "country_topics": "iso2 topic_id name n_both expected_both lift npmi log_likelihood",
    "entities_monthly": "month entity_id mentions articles stories article_share",
}
